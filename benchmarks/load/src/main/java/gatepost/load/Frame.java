package gatepost.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A frame from the server, as far as this program looks into it: no body here holds a NUL, and no header that it reads needs
 * unescaping. The bytes are the reader's, good only until it returns.
 *
 * @param bytes hold the frame
 * @param start of its command
 * @param end of its body
 */
record Frame(ByteBuf bytes, int start, int end) {

    /** @return such as {@code RECEIPT} */
    String command() {
        return text(start, lineEnd(start));
    }

    /** @return whether it is a MESSAGE, the one frame that comes so often that reading its command would count */
    boolean isMessage() {
        return end - start > 2 && bytes.getByte(start) == 'M';
    }

    /** @return the value of a header, or an empty text */
    String header(String name) {
        for (int line = lineEnd(start) + 1; line < end; line = lineEnd(line) + 1) {
            int stop = lineEnd(line);
            if (stop == line) {
                break;
            }
            if (stop - line > name.length()
                    && bytes.getByte(line + name.length()) == ':'
                    && name.equals(text(line, line + name.length()))) {
                return text(line + name.length() + 1, stop);
            }
        }
        return "";
    }

    /** @return where its body begins, as far as {@link #end()} when it has none */
    int body() {
        int line = start;
        while (line < end) {
            int stop = lineEnd(line);
            if (stop == line) {
                return Math.min(end, line + 1);
            }
            line = stop + 1;
        }
        return end;
    }

    /** @return what a person may want to see of it, on one line */
    String excerpt() {
        return text(start, Math.min(end, start + 300)).replace('\n', '|');
    }

    private int lineEnd(int from) {
        int found = bytes.indexOf(from, end, (byte) '\n');
        return found < 0 ? end : found;
    }

    private String text(int from, int to) {
        return bytes.toString(from, to - from, StandardCharsets.UTF_8);
    }
}
