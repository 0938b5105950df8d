package gatepost.transport.http;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The body of one call as it comes, which is never more than may be. Event loop only. */
final class Body {

    private static final int FIRST = 4 << 10;

    private final int limit;
    private byte[] bytes = new byte[0];
    private int size;

    /** @param limit bytes */
    Body(int limit) {
        this.limit = limit;
    }

    /** @throws CallRefused when it will be too much */
    void announce(long length) throws CallRefused {
        if (length > limit) {
            throw tooLarge();
        }
    }

    /** @throws CallRefused when it is too much */
    void add(ByteBuf part) throws CallRefused {
        int more = part.readableBytes();
        if (more > limit - size) {
            throw tooLarge();
        }
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, Math.min(limit, Math.max(FIRST, 2 * bytes.length))));
        }
        part.getBytes(part.readerIndex(), bytes, size, more);
        size += more;
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private CallRefused tooLarge() {
        return new CallRefused(Reason.TOO_LARGE, "the body of a call may have " + limit + " bytes");
    }
}
