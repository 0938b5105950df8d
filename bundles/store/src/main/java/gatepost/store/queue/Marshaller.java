package gatepost.store.queue;

import java.io.IOException;
import org.apache.activemq.command.Message;
import org.apache.activemq.openwire.OpenWireFormat;
import org.apache.activemq.util.ByteSequence;
import org.apache.activemq.util.DataByteArrayOutputStream;

/**
 * Makes bytes of messages, one after another in the same buffer: ActiveMQ's own way takes a new one of two kibibytes for each message. One
 * thread at a time.
 */
final class Marshaller {

    private static final int USUAL = 4 << 10;
    /** What is kept of the buffer from one message to the next. */
    private static final int KEPT = 1 << 20;

    private final OpenWireFormat format = format();
    private final DataByteArrayOutputStream bytes = new DataByteArrayOutputStream(USUAL);

    Marshaller() {
        format.setSizePrefixDisabled(true);
    }

    /** @return how messages are stored: each by itself, with its size before it */
    static OpenWireFormat format() {
        OpenWireFormat format = new OpenWireFormat(OpenWireFormat.DEFAULT_STORE_VERSION);
        format.setCacheEnabled(false);
        return format;
    }

    /** @return what is good until the next call */
    ByteSequence marshal(Message message) throws IOException {
        if (bytes.getData().length > KEPT) {
            bytes.restart(USUAL);
        }
        bytes.reset();
        bytes.writeInt(0);
        format.marshal(message, bytes);
        int end = bytes.size();
        bytes.position(0);
        bytes.writeInt(end - Integer.BYTES);
        bytes.position(end);
        return bytes.toByteSequence();
    }
}
