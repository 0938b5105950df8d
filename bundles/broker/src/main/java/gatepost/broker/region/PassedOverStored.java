package gatepost.broker.region;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.command.Message;

/** Messages of the store: eight bytes for each, the message itself is read again when it is looked at. */
final class PassedOverStored implements PassedOver {

    private static final long GONE = 0;
    private static final long[] NONE = {};

    private final LongFunction<Message> store;
    private long[] sequences = NONE;
    private int end;
    private int at;
    private int size;
    private Message current;

    /** @param store finds a message by its sequence number, {@code null} when it is gone */
    PassedOverStored(LongFunction<Message> store) {
        this.store = store;
    }

    @Override
    public boolean takes(MessageReference message) {
        return message.isPersistent() && message.getMessageId().getFutureOrSequenceLong() instanceof Long;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean add(MessageReference message) {
        message.decrementReferenceCount();
        if (end == sequences.length) {
            sequences = Arrays.copyOf(sequences, Math.max(16, end + end / 2));
        }
        sequences[end++] = (Long) message.getMessageId().getFutureOrSequenceLong();
        size++;
        at = end;
        return true;
    }

    @Override
    public void begin() {
        // nothing is held between two looks
    }

    @Override
    public void rewind() {
        int kept = 0;
        for (int i = 0; i < end; i++) {
            if (sequences[i] != GONE) {
                sequences[kept++] = sequences[i];
            }
        }
        sequences = kept == 0 ? NONE : sequences;
        end = kept;
        at = 0;
    }

    @Override
    public boolean hasNext() {
        return at < end;
    }

    @Override
    public MessageReference current() {
        Message message = store.apply(sequences[at]);
        if (message == null) {
            remove();
        } else {
            message.incrementReferenceCount();
            current = message;
        }
        return message;
    }

    @Override
    public boolean pass() {
        current.decrementReferenceCount();
        goOn();
        return true;
    }

    @Override
    public void remove() {
        sequences[at] = GONE;
        size--;
        goOn();
    }

    private void goOn() {
        current = null;
        do {
            at++;
        } while (at < end && sequences[at] == GONE);
    }

    @Override
    public void end() {
        current = null;
    }

    @Override
    public void close() {
        reread();
    }

    @Override
    public void reread() {
        sequences = NONE;
        end = 0;
        at = 0;
        size = 0;
    }
}
