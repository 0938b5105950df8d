package gatepost.transport.session;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.connector.UserLimits;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one session holds of its user's share, to give all of it back when it ends, whatever its thread does then. Taken by the
 * session's thread, ended by any.
 */
final class Holding {

    private final UserShares users;
    private final UserLimits limits;
    private String user;
    private UserShare share;
    private int subscriptions;
    private int temporary;
    private long transactionBytes;
    private long unfinishedBytes;
    private boolean ended;

    Holding(UserShares users, UserLimits limits) {
        this.users = users;
        this.limits = limits;
    }

    /** The session's user is known. */
    synchronized void join(String name) {
        if (!ended) {
            user = name;
            share = users.join(name);
        }
    }

    /** @return what the user's sessions share; nothing before the session is signed in, and after its end */
    synchronized Optional<UserShare> share() {
        return Optional.ofNullable(share);
    }

    synchronized void subscribe() throws Refusal {
        if (share != null) {
            take(share.subscriptions, limits.subscriptions(), "subscriptions.per.user", "subscriptions");
            subscriptions++;
        }
    }

    synchronized void unsubscribe() {
        if (share != null) {
            share.subscriptions.decrementAndGet();
            subscriptions--;
        }
    }

    synchronized void makeTemporary() throws Refusal {
        if (share != null) {
            take(share.temporary, limits.temporary(), "temporary.per.user", "temporary destinations");
            temporary++;
        }
    }

    synchronized void keepInTransaction(long bytes) throws Refusal {
        if (share == null) {
            return;
        }
        if (share.transactionBytes.addAndGet(bytes) > limits.transactionBytes()) {
            share.transactionBytes.addAndGet(-bytes);
            throw new Refusal(
                    new LimitReached(
                            "transaction.size.per.user",
                            "the open transactions of a user may have " + limits.transactionBytes() + " bytes in all"),
                    CloseReason.TOO_LARGE);
        }
        transactionBytes += bytes;
    }

    synchronized void endTransaction(long bytes) {
        if (share != null) {
            share.transactionBytes.addAndGet(-bytes);
            transactionBytes -= bytes;
        }
    }

    /** So much has come of frames that are not whole, or that wait to be decoded. */
    synchronized void keepUnfinished(long bytes) throws Refusal {
        if (share == null) {
            return;
        }
        long all = share.unfinishedBytes.addAndGet(bytes - unfinishedBytes);
        boolean more = bytes > unfinishedBytes;
        unfinishedBytes = bytes;
        if (more && all > limits.unfinishedBytes()) {
            throw new Refusal(
                    new LimitReached(
                            "unfinished.per.user",
                            "the unfinished frames of a user may have " + limits.unfinishedBytes() + " bytes in all"),
                    CloseReason.TOO_LARGE);
        }
    }

    /** Nothing of that is kept any more. */
    synchronized void releaseUnfinished() {
        if (share != null) {
            share.unfinishedBytes.addAndGet(-unfinishedBytes);
            unfinishedBytes = 0;
        }
    }

    /** Gives everything back. */
    synchronized void end() {
        ended = true;
        if (share != null) {
            share.subscriptions.addAndGet(-subscriptions);
            share.temporary.addAndGet(-temporary);
            share.transactionBytes.addAndGet(-transactionBytes);
            share.unfinishedBytes.addAndGet(-unfinishedBytes);
            share = null;
            users.leave(user);
        }
    }

    private static void take(AtomicInteger taken, int limit, String key, String what) throws Refusal {
        if (taken.incrementAndGet() > limit) {
            taken.decrementAndGet();
            throw new Refusal(
                    new LimitReached(key, "too many " + what + ": a user may have " + limit + " in all"),
                    CloseReason.POLICY);
        }
    }
}
