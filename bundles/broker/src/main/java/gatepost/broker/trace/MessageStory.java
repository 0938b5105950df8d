package gatepost.broker.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to one message. What is older than the trace is not known any more.
 *
 * @param message its id
 * @param id what its application calls it
 * @param from who sent it
 * @param audience the queue that it was sent to, where that reaches many
 * @param accepted when the broker took it
 * @param stored when it was on the disk
 * @param deliveries what became of it in each subscription that it was sent to, in the order in which it was first
 * @param ending how it left its queue
 * @param whole whether all is known that happened to it
 */
public record MessageStory(
        String message,
        Optional<String> id,
        Optional<String> from,
        Optional<String> audience,
        Optional<Instant> accepted,
        Optional<Instant> stored,
        List<Delivery> deliveries,
        Optional<Ending> ending,
        boolean whole) {

    /**
     * How a message left its queue, or did not come there.
     *
     * @param outcome acknowledged, rejected, done (an operator made it so), withdrawn, expired, dropped, denied or refused
     * @param by the subscription in which it was acknowledged or rejected
     * @param why it was refused, for people
     */
    public record Ending(String outcome, Instant at, Optional<Reader> by, Optional<String> why) {}

    /** @return one of which nothing is remembered, and that waits */
    public static MessageStory waiting(
            String message,
            Optional<String> id,
            Optional<String> from,
            Optional<Instant> accepted,
            Optional<Instant> stored) {
        return new MessageStory(
                message, id, from, Optional.empty(), accepted, stored, List.of(), Optional.empty(), false);
    }

    /** @return how it left its queue */
    public Optional<String> outcome() {
        return ending.map(Ending::outcome);
    }

    /** @return when that was */
    public Optional<Instant> ended() {
        return ending.map(Ending::at);
    }

    /** @return how often it was sent, to whomever */
    public int times() {
        return deliveries.stream().mapToInt(Delivery::times).sum();
    }

    /** @return what became of it where it was sent last */
    public Optional<Delivery> last() {
        return deliveries.stream().reduce((one, other) -> other.sent().isBefore(one.sent()) ? one : other);
    }

    /** @return the subscription that it was sent to last */
    public Optional<Reader> reader() {
        return last().map(Delivery::reader);
    }

    /** @return when it was sent last */
    public Optional<Instant> sent() {
        return last().map(Delivery::sent);
    }

    /** @return whether it never was in the queue */
    public boolean isTurnedAway() {
        return outcome()
                .filter(how -> how.equals("denied") || how.equals("refused"))
                .isPresent();
    }
}
