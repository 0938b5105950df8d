package gatepost.transport.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The shares of those who are signed in, over all connectors. Any thread. */
public final class UserShares {

    private final ConcurrentMap<String, UserShare> shares = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    /** @param timer forgets users once what they sent too fast is paid for: who comes back at once owes it still */
    public UserShares(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    UserShare join(String user) {
        return shares.compute(user, (name, known) -> {
            UserShare share = known == null ? new UserShare() : known;
            share.sessions++;
            return share;
        });
    }

    void leave(String user) {
        shares.computeIfPresent(user, (name, share) -> {
            share.sessions--;
            return forgotten(name, share);
        });
    }

    int size() {
        return shares.size();
    }

    private UserShare forgotten(String user, UserShare share) {
        if (share.sessions > 0) {
            return share;
        }
        long owed = share.owed();
        if (owed <= 0) {
            return null;
        }
        timer.schedule(() -> shares.computeIfPresent(user, this::forgotten), owed, TimeUnit.NANOSECONDS);
        return share;
    }
}
