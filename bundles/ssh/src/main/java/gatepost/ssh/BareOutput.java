package gatepost.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Leaves out the orders to a terminal (ECMA-48, section 5.4: ESC, {@code [}, parameters, a last byte from {@code @} to {@code ~}; and
 * what else begins with ESC and has one byte more), for whoever reads and has no terminal. One thread at a time.
 */
final class BareOutput extends FilterOutputStream {

    private static final int ESCAPE = 0x1B;

    /** How far an order has come. */
    private enum Within {
        TEXT,
        ESCAPE,
        SEQUENCE
    }

    private Within within = Within.TEXT;

    BareOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        if (passes(b)) {
            out.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] text = new byte[length];
        int size = 0;
        for (int i = offset; i < offset + length; i++) {
            if (passes(bytes[i])) {
                text[size++] = bytes[i];
            }
        }
        out.write(text, 0, size);
    }

    private boolean passes(int b) {
        switch (within) {
            case TEXT -> within = b == ESCAPE ? Within.ESCAPE : Within.TEXT;
            case ESCAPE -> {
                within = b == '[' ? Within.SEQUENCE : Within.TEXT;
                return false;
            }
            case SEQUENCE -> {
                if (b >= '@' && b <= '~') {
                    within = Within.TEXT;
                }
                return false;
            }
        }
        return within == Within.TEXT;
    }
}
