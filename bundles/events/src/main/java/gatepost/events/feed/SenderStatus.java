package gatepost.events.feed;

import java.util.OptionalLong;

/**
 * How a subscriber is doing; times are milliseconds since 1970.
 *
 * @param pending events that it was not told yet
 * @param oldest when the first of them happened
 * @param told how many it has taken since the start
 * @param failed how many attempts it has not
 * @param lost how many events it will never be told of, since the start
 * @param stopped why it is stopped; empty unless it is
 * @param failure why the last attempt failed; empty when the last one succeeded
 * @param failedAt when that was
 */
public record SenderStatus(
        String name,
        State state,
        int pending,
        OptionalLong oldest,
        long told,
        long failed,
        long lost,
        String stopped,
        String failure,
        long failedAt) {

    /** What is done about it. */
    public enum State {
        /** It is not known yet what is pending: the broker is not there. */
        STARTING,
        OK,
        /** It fails for everybody, and is asked for one event at a time. */
        DOWN,
        /** It wants to hear nothing any more. */
        STOPPED
    }

    /** @return whether somebody should look at it */
    public boolean isIll() {
        return state == State.DOWN || state == State.STOPPED;
    }
}
