package gatepost.store.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import gatepost.contracts.Durability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.util.ByteSequence;

/** A message as the simulator knows it: what was asked to be done with it, and what was confirmed of that. */
final class Sent {

    /** What holds after a crash. */
    enum Presence {
        HERE,
        GONE,
        EITHER
    }

    /** Something that was asked for, and is done as a whole or not at all. */
    static final class Request {

        private final Durability durability;
        private long failedAt = -1;

        /** @param durability nothing for what was found at a start */
        Request(Durability durability) {
            this.durability = durability;
        }

        /** @param appends how often the journal's files were written so far */
        void look(long appends) {
            if (failedAt < 0 && durability.failure().isPresent()) {
                failedAt = appends;
            }
        }

        Durability durability() {
            return durability;
        }

        boolean isOpen() {
            return !durability.isSettled();
        }

        boolean isSafe() {
            return durability.isSafe();
        }

        boolean isFailed() {
            return durability.failure().isPresent();
        }

        /** What failed stays undone once anything was written after it. */
        Presence done(long appends) {
            if (durability.isSafe()) {
                return Presence.HERE;
            }
            return failedAt >= 0 && appends > failedAt ? Presence.GONE : Presence.EITHER;
        }
    }

    private static final byte[] FILLING = filling();

    private final int number;
    private final String queue;
    private final long sequence;
    private final Request sending;
    private final List<Request> removals = new ArrayList<>();
    /** It was acknowledged before it was written, and will not be. */
    private boolean takenBack;

    Sent(int number, String queue, long sequence, Request sending) {
        this.number = number;
        this.queue = queue;
        this.sequence = sequence;
        this.sending = sending;
    }

    int number() {
        return number;
    }

    String queue() {
        return queue;
    }

    long sequence() {
        return sequence;
    }

    Request sending() {
        return sending;
    }

    List<Request> removals() {
        return removals;
    }

    void takenBack() {
        takenBack = true;
    }

    /** @return whether a consumer could have it now: it came in, and nobody acknowledged it */
    boolean isWaiting() {
        return !takenBack && !sending.isFailed() && removals.stream().allMatch(Request::isFailed);
    }

    Presence afterACrash(long appends) {
        Presence sent = sending.done(appends);
        if (takenBack
                || sent == Presence.GONE
                || removals.stream().anyMatch(removal -> removal.done(appends) == Presence.HERE)) {
            return Presence.GONE;
        }
        boolean kept = removals.stream().allMatch(removal -> removal.done(appends) == Presence.GONE);
        return sent == Presence.HERE && kept ? Presence.HERE : Presence.EITHER;
    }

    /** @return a message whose whole content follows from its number */
    static Message message(String queue, int number) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(new ActiveMQQueue(queue));
        message.setMessageId(new MessageId("simulator:1:1:1", number));
        message.setContent(new ByteSequence(body(number)));
        return message;
    }

    /** @return the number of that message. @throws AssertionError when any of it is not as it was sent */
    static int number(Message message) {
        ByteSequence content = message.getContent();
        byte[] bytes =
                Arrays.copyOfRange(content.getData(), content.getOffset(), content.getOffset() + content.getLength());
        int number = (int) message.getMessageId().getProducerSequenceId();
        if (!Arrays.equals(body(number), bytes)) {
            throw new AssertionError("message " + number + " has another's content");
        }
        return number;
    }

    private static byte[] body(int number) {
        int size = number % 97 == 0 ? 20_000 : number * 31 % 400;
        byte[] text = (number + " ").getBytes(UTF_8);
        byte[] body = Arrays.copyOf(text, text.length + size);
        System.arraycopy(FILLING, number % 64, body, text.length, size);
        return body;
    }

    private static byte[] filling() {
        byte[] filling = new byte[32 << 10];
        new Random(1).nextBytes(filling);
        return filling;
    }

    @Override
    public String toString() {
        return number + " of " + queue + " (" + (sending.isSafe() ? "safe" : sending.isFailed() ? "refused" : "open")
                + (takenBack ? ", taken back" : "") + ", removals "
                + removals.stream()
                        .map(request -> request.isSafe() ? "safe" : request.isFailed() ? "refused" : "open")
                        .toList()
                + ")";
    }
}
