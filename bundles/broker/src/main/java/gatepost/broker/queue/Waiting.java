package gatepost.broker.queue;

import gatepost.broker.trace.MessageStory;
import gatepost.broker.trace.Reader;
import gatepost.contracts.Account;
import gatepost.contracts.InboxConsumer;
import gatepost.contracts.inbox.LoadedInbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.Message;

/** Which messages wait in a queue at a moment, and why, as far as that can be seen without changing anything. Immutable. */
public final class Waiting {

    /** Whoever asks wants to know of a few messages: each is read whole. */
    private static final int LOOKED_AT = 100;

    private final Map<String, Message> messages = new HashMap<>();
    private final String nobody;
    private final List<Subscription> readers;
    private final long more;

    private Waiting(KnownQueue queue, String user) {
        for (Message message : queue.peek(LOOKED_AT)) {
            messages.put(message.getMessageId().toString(), message);
        }
        more = Math.max(0, queue.messages() - messages.size());
        Destination loaded = queue.loaded();
        List<Subscription> all = loaded == null
                ? List.of()
                : loaded.getConsumers().stream().filter(Waiting::takes).toList();
        readers = loaded instanceof LoadedInbox
                ? all.stream().filter(reader -> isOf(user, reader)).toList()
                : all;
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

    /** @return for people; nothing when it does not wait, was not looked at, or nothing can be seen */
    public Optional<String> reason(MessageStory story) {
        Message message = messages.get(story.message());
        if (message == null) {
            return Optional.empty();
        }
        if (message.isExpired()) {
            return Optional.of("expired");
        }
        if (readers.isEmpty()) {
            return Optional.of(nobody);
        }
        if (story.reader().filter(this::isThere).isPresent()) {
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
