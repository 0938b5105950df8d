package gatepost.transport.session;

import io.netty.util.AsciiString;
import java.util.List;

/**
 * Headers by which Gatepost itself says something of a message, such as who sent it. Nobody else can set one, nor one that could
 * pass for it: Camel and HTTP do not tell capitals from small letters, some clients trim names, and STOMP 1.0 does.
 */
final class OwnHeaders {

    /** Who sent the message: the name that the client signed in with. */
    static final AsciiString USER = AsciiString.cached("gatepost-user");

    /** On a RECEIPT: whether an acknowledgement settled anything. */
    static final AsciiString SETTLED = AsciiString.cached("gatepost-settled");

    private static final List<String> NAMES =
            List.of(USER.toString(), SETTLED.toString(), "JMSXUserID", "JMSXDeliveryCount");

    private OwnHeaders() {}

    /**
     * Whether it is one of those names, whatever its case and whatever stands before or after it that is no part of a name: white
     * space, visible or not, or a colon and more.
     */
    static boolean isOwn(String name) {
        int from = 0;
        while (from < name.length() && !Character.isLetterOrDigit(name.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < name.length() && isPart(name.charAt(to))) {
            to++;
        }
        for (String own : NAMES) {
            if (own.length() == to - from && own.regionMatches(true, 0, name, from, to - from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }
}
