package gatepost.store.queue;

import gatepost.store.journal.DamagedRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.store.MessageRecoveryListener;

/** Reads the messages of one queue. Waits for the disk, and so holds no lock meanwhile: a send to the same queue must not wait for it. */
final class QueueReader {

    private final StoredMessages messages;
    private final QueueStores stores;

    QueueReader(StoredMessages messages, QueueStores stores) {
        this.messages = messages;
        this.stores = stores;
    }

    /** @return the message of that number, unless there is none or it is lost to damage */
    Optional<Message> read(long sequence) throws IOException {
        while (true) {
            Message unwritten = messages.unwrittenMessage(sequence);
            if (unwritten != null) {
                return Optional.of(numbered(unwritten, sequence));
            }
            long location = messages.location(sequence);
            if (location == QueueIndex.UNWRITTEN) {
                continue;
            }
            if (location == 0) {
                return Optional.empty();
            }
            try {
                return Optional.of(numbered(messages.own(stores.unmarshal(location)), sequence));
            } catch (DamagedRecord e) {
                if (Departure.lost(messages, sequence, location, e)) {
                    return Optional.empty();
                }
            } catch (IOException e) {
                // it may have been moved, and its old file deleted, while this was waiting
                if (messages.location(sequence) == location) {
                    throw e;
                }
            }
        }
    }

    void all(MessageRecoveryListener container) throws Exception {
        for (long sequence = messages.after(Long.MIN_VALUE);
                sequence != Long.MAX_VALUE;
                sequence = messages.after(sequence)) {
            Optional<Message> message = read(sequence);
            if (message.isPresent()) {
                container.recoverMessage(message.get());
            }
        }
    }

    List<Message> first(int limit) throws IOException {
        List<Message> found = new ArrayList<>();
        for (long sequence = messages.after(Long.MIN_VALUE);
                sequence != Long.MAX_VALUE && found.size() < limit;
                sequence = messages.after(sequence)) {
            read(sequence).ifPresent(found::add);
        }
        return found;
    }

    /** Reads the first ones that wait, one after another, as long as it has read neither so many nor so many bytes. */
    void first(int limit, long bytes, Consumer<Message> looker) throws IOException {
        int seen = 0;
        long read = 0;
        for (long sequence = messages.after(Long.MIN_VALUE);
                sequence != Long.MAX_VALUE && seen < limit && read < bytes;
                sequence = messages.after(sequence)) {
            Optional<Message> message = read(sequence);
            if (message.isPresent()) {
                seen++;
                read += message.get().getSize();
                looker.accept(message.get());
            }
        }
    }

    /** @return the number of a message that is known by its id only, or {@link Long#MIN_VALUE}; reads them all */
    long find(MessageId identity) throws IOException {
        for (long sequence = messages.after(Long.MIN_VALUE);
                sequence != Long.MAX_VALUE;
                sequence = messages.after(sequence)) {
            if (read(sequence)
                    .filter(message -> message.getMessageId().equals(identity))
                    .isPresent()) {
                return sequence;
            }
        }
        return Long.MIN_VALUE;
    }

    private static Message numbered(Message message, long sequence) {
        message.getMessageId().setFutureOrSequenceLong(sequence);
        return message;
    }
}
