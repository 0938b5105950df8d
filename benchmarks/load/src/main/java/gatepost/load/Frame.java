package gatepost.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A frame from the server, as far as this program looks into it: it knows that no body here holds a NUL and that no header that
 * it reads needs unescaping.
 *
 * @param command such as {@code RECEIPT}
 * @param head the header lines, each ended by LF
 * @param body what follows the empty line
 */
record Frame(String command, String head, String body) {

    /** Bytes around a body that this program never sends more than. */
    static final int MARGIN = 4096;

    /** @param bytes one frame without its NUL, perhaps with heart-beats before it; {@code null} for heart-beats alone */
    static Frame of(ByteBuf bytes) {
        String text = bytes.toString(StandardCharsets.UTF_8).stripLeading();
        if (text.isEmpty()) {
            return null;
        }
        int command = text.indexOf('\n');
        int head = text.indexOf("\n\n");
        return new Frame(text.substring(0, command), text.substring(command + 1, head + 1), text.substring(head + 2));
    }

    /** @return the value of a header, or an empty text */
    String header(String name) {
        int start = ("\n" + head).indexOf("\n" + name + ":");
        return start < 0 ? "" : head.substring(start + name.length() + 1, head.indexOf('\n', start));
    }

    static String connect(String user, String passcode, String heartbeat) {
        return "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:" + user + "\npasscode:" + passcode + "\nheart-beat:"
                + heartbeat + "\n\n\0";
    }
}
