package gatepost.transport.session;

import gatepost.contracts.InboxHeaders;
import gatepost.transport.frame.Frame;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.activemq.command.Message;

/**
 * What a SEND may say to an inbox. The inbox reads it as properties of the message; receivers hear of them the id alone. Whether there
 * is an inbox at the destination is for the broker to say.
 */
final class SendHeaders {

    /** Those that have an inbox look for another message. */
    private static final List<String> NAMING = List.of(InboxHeaders.ID, InboxHeaders.ONCE, InboxHeaders.COLLAPSE);

    private static final Pattern NAMES = Pattern.compile("[!-~]{1,128}");

    private SendHeaders() {}

    static boolean isKnown(String header) {
        return header.equals(InboxHeaders.HISTORY) || header.equals(InboxHeaders.IF_FULL) || NAMING.contains(header);
    }

    /** Whether the inbox has to look for another message, on the disk perhaps. */
    static boolean looksForAnother(Frame frame) {
        return frame.header(InboxHeaders.ID) != null
                || frame.header(InboxHeaders.ONCE) != null
                || frame.header(InboxHeaders.COLLAPSE) != null;
    }

    /** @return the text that travels, of any header */
    static String value(String header, String text) throws Refusal {
        if (header.equals(InboxHeaders.HISTORY)) {
            return String.valueOf(HeaderValues.flag(header, text));
        }
        if (header.equals(InboxHeaders.IF_FULL)) {
            if (!text.trim().equals(InboxHeaders.SKIP)) {
                throw HeaderValues.bad(header, text, InboxHeaders.SKIP);
            }
            return InboxHeaders.SKIP;
        }
        return NAMING.contains(header) ? name(header, text) : text;
    }

    /** @return a name that a client gives to a message */
    static String name(String header, String text) throws Refusal {
        if (!NAMES.matcher(text).matches()) {
            throw HeaderValues.bad(header, text, "1 to 128 printable characters of ASCII without spaces");
        }
        return text;
    }

    /** @throws Refusal where an inbox could not look for another message */
    static void requireLookable(Frame frame, Message message) throws Refusal {
        for (String header : NAMING) {
            String value = frame.header(header);
            if (value == null) {
                continue;
            }
            if (frame.header("transaction") != null) {
                throw new Refusal(
                        "the header " + header + ":" + value
                                + " cannot be used in a transaction: offsets are given at COMMIT, and ids are not looked at there");
            }
            if (!StartHeaders.canBeInbox(message.getDestination())) {
                throw HeaderValues.bad(header, value, "the name of one queue as the destination");
            }
            if (!message.isPersistent()) {
                throw HeaderValues.bad(header, value, "no header persistent:false with it");
            }
        }
    }
}
