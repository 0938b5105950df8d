package gatepost.inbox;

import gatepost.contracts.InboxState;
import gatepost.inbox.Watchers.Change;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.activemq.broker.region.Subscription;

/**
 * One subscription to the state of an inbox. It is told at once and after each change, the last one always, and at most four times a
 * second. Any thread.
 */
final class Watcher {

    /** Nanoseconds between two tellings. */
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(250);
    /** With more changes than that at once the client does better to read the log again. */
    private static final int CHANGES = 1_000;

    private final Subscription subscription;
    private final Tally tally;
    private final Executor tasks;
    private final Map<Change, List<Long>> changes = new EnumMap<>(Change.class);
    private int changed;
    private boolean reload;
    private boolean scheduled;
    private long next = System.nanoTime();

    /** How much is in the inbox at the moment. */
    record Tally(ReadState read, Content content) {

        String members() {
            return "\"epoch\":\"" + content.log().epoch() + "\",\"head\":"
                    + content.log().head() + ",\"seen\":"
                    + read.seen() + ",\"unseen\":" + content.log().above(read.seen()) + ",\"unread\":"
                    + content.log().unread();
        }
    }

    Watcher(Subscription subscription, Tally tally, Executor tasks) {
        this.subscription = subscription;
        this.tally = tally;
        this.tasks = tasks;
    }

    Subscription subscription() {
        return subscription;
    }

    boolean is(Subscription other) {
        return subscription == other;
    }

    /** It is told how much is there, soon. */
    synchronized void changed() {
        if (scheduled) {
            return;
        }
        scheduled = true;
        long wait = next - System.nanoTime();
        Executor when = wait <= 0 ? tasks : CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, tasks);
        when.execute(this::tell);
    }

    synchronized void changed(Change change, List<Long> offsets) {
        changed += offsets.size();
        if (changed > CHANGES) {
            reload = true;
        }
        if (reload) {
            changes.clear();
        } else {
            changes.computeIfAbsent(change, any -> new ArrayList<>()).addAll(offsets);
        }
        changed();
    }

    synchronized void reload() {
        reload = true;
        changes.clear();
        changed();
    }

    /** In an object of their own: there is a number of what is unread, and a list of what has become so. */
    private String changes() {
        StringJoiner members = new StringJoiner(",", "{", "}");
        changes.forEach((change, offsets) -> members.add("\"" + change.name().toLowerCase(Locale.ROOT) + "\":"
                + offsets.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"))));
        return members.toString();
    }

    private synchronized void tell() {
        scheduled = false;
        next = System.nanoTime() + PERIOD;
        StringBuilder json = new StringBuilder("{").append(tally.members());
        if (!changes.isEmpty()) {
            json.append(",\"changed\":").append(changes());
        }
        if (reload) {
            json.append(",\"reload\":true");
        }
        changes.clear();
        changed = 0;
        reload = false;
        subscription
                .getContext()
                .getConnection()
                .dispatchAsync(new InboxState(
                        subscription.getConsumerInfo().getConsumerId(),
                        json.append('}').toString()));
    }
}
