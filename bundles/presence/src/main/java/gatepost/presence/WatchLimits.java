package gatepost.presence;

import gatepost.contracts.Account;
import gatepost.contracts.PresenceWatcher;
import gatepost.contracts.QuotaReached;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many names users watch: each takes memory, and each wildcard takes time with every change, whoever it is of. Whoever the operator
 * trusts has no limit of their own, and is counted with all. Any thread.
 */
final class WatchLimits {

    /** The keys of the configuration by which refusals are counted. */
    static final String NAMES_PER_USER = "names.per.user";

    static final String NAMES_MAX = "names.max";
    static final String WILDCARDS_PER_USER = "wildcards.per.user";
    static final String WILDCARDS_MAX = "wildcards.max";

    /** What one subscription takes. */
    private record Held(String user, int names, int wildcards) {}

    private final Map<PresenceWatcher, Held> held = new HashMap<>();
    private final Map<String, Held> users = new HashMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private PresenceSettings settings = PresenceSettings.NONE;
    private int names;
    private int wildcards;

    WatchLimits() {
        for (String key : new String[] {NAMES_PER_USER, NAMES_MAX, WILDCARDS_PER_USER, WILDCARDS_MAX}) {
            refused.put(key, 0L);
        }
    }

    /** Those that are there stay. */
    synchronized void limit(PresenceSettings changed) {
        settings = changed;
    }

    /** @throws QuotaReached when it would be one too many; then nothing is counted */
    synchronized void take(PresenceWatcher watcher) throws QuotaReached {
        String user = watcher.account().map(Account::user).orElse("");
        boolean trusted = watcher.account().map(Account::isTrusted).orElse(true);
        int wide = (int) watcher.names().stream().filter(NamePattern::isOne).count();
        Held more = new Held(user, watcher.names().size() - wide, wide);
        Held his = users.getOrDefault(user, new Held(user, 0, 0));
        if (!trusted) {
            check(
                    NAMES_PER_USER,
                    more.names(),
                    his.names(),
                    settings.namesPerUser(),
                    "user " + user,
                    "names of others");
            check(
                    WILDCARDS_PER_USER,
                    more.wildcards(),
                    his.wildcards(),
                    settings.wildcardsPerUser(),
                    "user " + user,
                    "wildcards");
        }
        check(NAMES_MAX, more.names(), names, settings.names(), "all users together", "names of others");
        check(WILDCARDS_MAX, more.wildcards(), wildcards, settings.wildcards(), "all users together", "wildcards");
        held.put(watcher, more);
        count(more, 1);
    }

    /** Counterpart of {@link #take}. */
    synchronized void giveBack(PresenceWatcher watcher) {
        Held less = held.remove(watcher);
        if (less != null) {
            count(less, -1);
        }
    }

    private void count(Held change, int sign) {
        names += sign * change.names();
        wildcards += sign * change.wildcards();
        users.compute(change.user(), (user, before) -> {
            Held now = new Held(
                    user,
                    (before == null ? 0 : before.names()) + sign * change.names(),
                    (before == null ? 0 : before.wildcards()) + sign * change.wildcards());
            return now.names() == 0 && now.wildcards() == 0 ? null : now;
        });
    }

    private void check(String key, int more, int before, int limit, String who, String what) throws QuotaReached {
        if (limit > 0 && more > 0 && before + more > limit) {
            refused.merge(key, 1L, Long::sum);
            throw new QuotaReached(
                    key,
                    "too much of presence is watched: " + who + " may watch " + limit + " " + what + " (" + key + ")");
        }
    }

    synchronized int subscriptions() {
        return held.size();
    }

    synchronized int names() {
        return names;
    }

    synchronized int wildcards() {
        return wildcards;
    }

    /** @return how many subscriptions were refused, by the key of the limit */
    synchronized Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }
}
