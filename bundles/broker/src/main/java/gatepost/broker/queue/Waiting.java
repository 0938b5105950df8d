package gatepost.broker.queue;

import gatepost.broker.trace.Delivery;
import gatepost.broker.trace.MessageStory;
import gatepost.broker.trace.PresentSession;
import gatepost.broker.trace.Reader;
import gatepost.contracts.Account;
import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxHeaders;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.Message;

/** Which messages wait in a queue at a moment, and why, as far as that can be seen without changing anything. Immutable. */
public final class Waiting {

    /** Whoever asks wants to know of a few messages: each is read whole. */
    private static final int LOOKED_AT = 100;

    private static final long BYTES = 4 << 20;

    /**
     * What a message that waits says of itself.
     *
     * @param id what its application calls it
     * @param from who sent it
     * @param accepted when the broker took it
     * @param stored the same, of one that is kept on the disk
     * @param offset its number in the queue
     */
    record Seen(
            String message,
            Optional<String> id,
            Optional<String> from,
            Optional<Instant> accepted,
            Optional<Instant> stored,
            OptionalLong offset,
            boolean expired) {

        static Seen of(Message message) {
            Optional<Instant> accepted =
                    Optional.of(message.getBrokerInTime()).filter(at -> at > 0).map(Instant::ofEpochMilli);
            return new Seen(
                    message.getMessageId().toString(),
                    name(message),
                    Optional.ofNullable(message.getUserID()),
                    accepted,
                    accepted.filter(at -> message.isPersistent()),
                    message.getMessageId().getFutureOrSequenceLong() instanceof Long offset
                            ? OptionalLong.of(offset)
                            : OptionalLong.empty(),
                    message.isExpired());
        }

        private static Optional<String> name(Message message) {
            try {
                return Optional.ofNullable(message.getProperty(InboxHeaders.ID)).map(Object::toString);
            } catch (IOException e) {
                // it has its own
                return Optional.empty();
            }
        }
    }

    private final Map<String, Seen> messages = new LinkedHashMap<>();
    private final String nobody;
    private final List<Subscription> readers;
    private final List<Subscription> all;
    private final Optional<String> epoch;
    private final boolean inbox;
    private final long more;

    private Waiting(KnownQueue queue, String user) {
        queue.look(LOOKED_AT, BYTES, message -> {
            Seen seen = Seen.of(message);
            messages.put(seen.message(), seen);
        });
        more = Math.max(0, queue.messages() - messages.size());
        Destination loaded = queue.loaded();
        all = loaded == null
                ? List.of()
                : loaded.getConsumers().stream().filter(Waiting::takes).toList();
        inbox = queue.isInbox();
        epoch = inbox && queue.stored() != null ? queue.stored().epoch() : Optional.empty();
        readers = inbox ? all.stream().filter(reader -> isOf(user, reader)).toList() : all;
        nobody = all.isEmpty() ? "nobody reads it" : user + " does not read it";
    }

    /** @param user who alone takes something away where it is an inbox */
    static Waiting in(KnownQueue queue, String user) {
        return new Waiting(queue, user);
    }

    /** @return messages that wait and were not looked at, since there are so many */
    public long more() {
        return more;
    }

    /** @return whether it is one: every reader gets every message, and those of its user alone take them away */
    boolean isInbox() {
        return inbox;
    }

    /** @return in which the numbers of its messages are offsets, where it is an inbox */
    Optional<String> epoch() {
        return epoch;
    }

    /** @return those that wait and were looked at, the oldest first */
    Collection<Seen> messages() {
        return messages.values();
    }

    /** @return the one of that id, if it waits and was looked at */
    Optional<Seen> message(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** @return who reads it, whoever that is */
    List<PresentSession> sessions(String user) {
        return all.stream()
                .map(reader -> new PresentSession(
                        reader.getConsumerInfo().getConsumerId().getConnectionId(),
                        address(reader),
                        isOf(user, reader),
                        Optional.empty(),
                        true,
                        reader.isFull()))
                .toList();
    }

    private static String address(Subscription reader) {
        Connection connection = reader.getContext().getConnection();
        return connection == null ? "" : String.valueOf(connection.getRemoteAddress());
    }

    /** @return for people; nothing when it does not wait, was not looked at, or nothing can be seen */
    public Optional<String> reason(MessageStory story) {
        Seen message = messages.get(story.message());
        if (message == null) {
            return Optional.empty();
        }
        if (message.expired()) {
            return Optional.of("expired");
        }
        if (readers.isEmpty()) {
            return Optional.of(nobody);
        }
        if (story.deliveries().stream().map(Delivery::reader).anyMatch(this::isThere)) {
            return Optional.of("not acknowledged");
        }
        // one that has room may be about to get it, or may not want it
        return readers.stream().allMatch(Subscription::isFull)
                ? Optional.of("its readers take no more: "
                        + readers.stream()
                                .mapToLong(Subscription::getInFlightSize)
                                .sum() + " not acknowledged")
                : Optional.empty();
    }

    private boolean isThere(Reader one) {
        return readers.stream()
                .anyMatch(reader -> one.is(reader.getConsumerInfo().getConsumerId()));
    }

    private static boolean takes(Subscription reader) {
        return !reader.isBrowser()
                && !(reader.getConsumerInfo() instanceof InboxConsumer consumer && consumer.isWatching());
    }

    private static boolean isOf(String user, Subscription reader) {
        return Account.of(reader.getContext())
                .map(Account::user)
                .filter(user::equals)
                .isPresent();
    }
}
