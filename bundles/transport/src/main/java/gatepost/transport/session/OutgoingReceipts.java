package gatepost.transport.session;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxConsumer.Beginning;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.Reach;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.session.Session.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.activemq.command.Message;

/**
 * Writes RECEIPT frames, and what they say besides that a frame was served. Each method returns {@code null} for a frame that asks
 * for none.
 */
final class OutgoingReceipts {

    private static final AsciiString RECEIPT = AsciiString.cached("RECEIPT");
    private static final AsciiString RECEIPT_ID = AsciiString.cached("receipt-id");

    private record Receipt(String id, StompVersion version, Consumer<FrameWriter> more, Runnable next)
            implements FrameEncoder {

        @Override
        public ByteBuf frame(ByteBufAllocator allocator) {
            FrameWriter frame = new FrameWriter(allocator, RECEIPT, version, 0).header(RECEIPT_ID, id);
            more.accept(frame);
            return frame.noBody();
        }

        @Override
        public void queued() {
            next.run();
        }
    }

    private OutgoingReceipts() {}

    static FrameEncoder plain(Frame frame, StompVersion version) {
        return receipt(frame, version, OutgoingReceipts::nothing);
    }

    /** @param settled whether an ACK or NACK, or what was asked of an inbox, settled anything */
    static FrameEncoder settled(boolean settled, Frame frame, StompVersion version) {
        return receipt(
                frame,
                version,
                settled ? OutgoingReceipts::nothing : writer -> writer.header(OwnHeaders.SETTLED, "false"));
    }

    /** @param left for how long the session lasts with the token that was sent */
    static FrameEncoder refreshed(Duration left, Frame frame, StompVersion version) {
        return receipt(frame, version, writer -> writer.header(OwnHeaders.EXPIRES_IN, left.toSeconds()));
    }

    /**
     * The receipt of a SEND, which an inbox has answered by now.
     *
     * @param stored what it brought; {@code null} when no store took it
     */
    static FrameEncoder sent(Message message, Durability stored, Frame frame, StompVersion version) {
        if (message instanceof InboxRequest request) {
            return settled(request.isSettled(), frame, version);
        }
        return stored == null
                ? plain(frame, version)
                : receipt(frame, version, writer -> {
                    Optional<String> refusal = stored.refusal();
                    writer.header(OwnHeaders.REFUSED, refusal.orElse(null));
                    // in a transaction places are given at its end
                    if (refusal.isEmpty() && message.getTransactionId() == null) {
                        stored.position().ifPresent(position -> write(position, writer));
                        stored.reach().ifPresent(reach -> write(reach, writer));
                    }
                });
    }

    /** The receipt of a SUBSCRIBE, after which the subscription's messages come to the outbox. */
    static FrameEncoder subscribed(Subscription subscription, Frame frame, StompVersion version, Outbox outbox) {
        String id = frame.header("receipt");
        if (id == null) {
            return null;
        }
        Optional<Beginning> beginning = subscription.consumer().beginning();
        return new Receipt(
                id,
                version,
                writer -> beginning.ifPresent(where -> write(where, writer)),
                () -> subscription.announced(outbox));
    }

    private static FrameEncoder receipt(Frame frame, StompVersion version, Consumer<FrameWriter> more) {
        String id = frame.header("receipt");
        return id == null ? null : new Receipt(id, version, more, () -> {});
    }

    private static void write(InboxPosition position, FrameWriter frame) {
        frame.header(OwnHeaders.OFFSET, position.offset());
        frame.header(OwnHeaders.EPOCH, position.epoch());
    }

    private static void write(Reach reach, FrameWriter frame) {
        frame.header(OwnHeaders.COUNT, reach.count());
        frame.header(OwnHeaders.SKIPPED, reach.skipped());
    }

    private static void write(Beginning beginning, FrameWriter frame) {
        frame.header(OwnHeaders.EPOCH, beginning.epoch());
        frame.header(OwnHeaders.HEAD, beginning.head());
        frame.header(OwnHeaders.GAP, beginning.gap() ? "true" : null);
    }

    private static void nothing(FrameWriter frame) {
        // most receipts say no more
    }
}
