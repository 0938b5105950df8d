package gatepost.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What a message's body begins with, in hexadecimal digits; the rest of the body is padding.
 *
 * @param ledger number of the ledger that has it
 * @param publisher who sent it
 * @param number counts what that publisher sent in that ledger, from 0
 * @param user whom it was sent to
 * @param due when it should have been sent, {@link System#nanoTime()}
 * @param sent when it was written to the socket's buffer
 */
record Stamp(int ledger, int publisher, int number, int user, long due, long sent) {

    /** Bytes of it: no body is shorter. */
    static final int SIZE = 4 + 4 + 8 + 8 + 16 + 16;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    void write(ByteBuf body, int size) {
        write(body, ledger, 4);
        write(body, publisher, 4);
        write(body, number, 8);
        write(body, user, 8);
        write(body, due, 16);
        write(body, sent, 16);
        for (int i = SIZE; i < size; i++) {
            body.writeByte('.');
        }
    }

    /** @return {@code null} when the bytes are no body of this program's */
    static Stamp read(ByteBuf bytes, int index, int length) {
        if (length < SIZE) {
            return null;
        }
        for (int i = index; i < index + SIZE; i++) {
            if (Character.digit(bytes.getByte(i), 16) < 0) {
                return null;
            }
        }
        return new Stamp(
                (int) read(bytes, index, 0, 4),
                (int) read(bytes, index, 4, 4),
                (int) read(bytes, index, 8, 8),
                (int) read(bytes, index, 16, 8),
                read(bytes, index, 24, 16),
                read(bytes, index, 40, 16));
    }

    private static void write(ByteBuf body, long value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            body.writeByte(DIGITS[(int) (value >>> shift) & 15]);
        }
    }

    private static long read(ByteBuf bytes, int index, int offset, int digits) {
        long value = 0;
        for (int i = index + offset; i < index + offset + digits; i++) {
            value = value << 4 | Character.digit(bytes.getByte(i), 16);
        }
        return value;
    }
}
