package gatepost.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** Cuts what a server sends into frames, however it comes in pieces; heart-beats are passed over. */
final class FrameReader {

    private final Consumer<Frame> receiver;
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;

    FrameReader(Consumer<Frame> receiver) {
        this.receiver = receiver;
    }

    /** Reads all the bytes; what is no whole frame yet is kept. */
    void read(ByteBuf bytes) {
        if (!rest.isReadable()) {
            cut(bytes);
            if (bytes.isReadable()) {
                rest = Unpooled.buffer(2 * bytes.readableBytes()).writeBytes(bytes);
            }
        } else {
            rest.writeBytes(bytes);
            cut(rest);
            rest.discardReadBytes();
        }
    }

    private void cut(ByteBuf bytes) {
        while (true) {
            while (bytes.isReadable() && isLineEnd(bytes.getByte(bytes.readerIndex()))) {
                bytes.skipBytes(1);
            }
            int start = bytes.readerIndex();
            int end = bytes.indexOf(start, bytes.writerIndex(), (byte) 0);
            if (end < 0) {
                return;
            }
            receiver.accept(new Frame(bytes, start, end));
            bytes.readerIndex(end + 1);
        }
    }

    private static boolean isLineEnd(byte character) {
        return character == '\n' || character == '\r';
    }
}
