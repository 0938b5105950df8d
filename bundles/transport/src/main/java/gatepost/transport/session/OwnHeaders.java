package gatepost.transport.session;

import gatepost.contracts.InboxHeaders;
import gatepost.transport.frame.Frame;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Set;

/**
 * Headers by which Gatepost itself says something of a message, such as who sent it. Nobody else can set one, nor one that could
 * pass for it: Camel and HTTP do not tell capitals from small letters, some clients trim names, and STOMP 1.0 does.
 */
final class OwnHeaders {

    /** Who sent the message: the name that the client signed in with. */
    static final AsciiString USER = AsciiString.cached("gatepost-user");

    /** On a RECEIPT: whether an acknowledgement settled anything. */
    static final AsciiString SETTLED = AsciiString.cached("gatepost-settled");

    /** Which place the message has in its inbox, or on the RECEIPT of a SEND, got there. */
    static final AsciiString OFFSET = AsciiString.cached("gatepost-offset");

    /** In which epoch of the inbox an offset counts. */
    static final AsciiString EPOCH = AsciiString.cached("gatepost-epoch");

    /** Whether something before it may be missing. */
    static final AsciiString GAP = AsciiString.cached("gatepost-gap");

    /** What is true of a message of an inbox, such as {@code done}. */
    static final AsciiString STATE = AsciiString.cached("gatepost-state");

    /** On the RECEIPT of a SUBSCRIBE: the highest offset that the inbox had given. */
    static final AsciiString HEAD = AsciiString.cached("gatepost-head");

    /** Which earlier place the message has taken the place of. */
    static final AsciiString REPLACES = AsciiString.cached(InboxHeaders.REPLACES);

    /** On the RECEIPT of a SEND: why the message was not taken, as its sender allowed. */
    static final AsciiString REFUSED = AsciiString.cached("gatepost-refused");

    /** On the RECEIPT of a SEND to many inboxes: how many took the message. */
    static final AsciiString COUNT = AsciiString.cached("gatepost-count");

    /** On the same: how many did not, since they were full. */
    static final AsciiString SKIPPED = AsciiString.cached("gatepost-skipped");

    /** On CONNECTED, and on the RECEIPT of a new token: for how many seconds the session lasts. */
    static final AsciiString EXPIRES_IN = AsciiString.cached("gatepost-expires-in");

    /** By which name its sender knows the message: the sender's own words, of which Gatepost knows the meaning. */
    static final AsciiString ID = AsciiString.cached(InboxHeaders.ID);

    private static final String PREFIX = "gatepost-";

    /** What clients may name a message by, so that its receiver can tell when it came twice: theirs, in spite of its name. */
    private static final String MESSAGE_ID = "gatepost-message-id";

    private static final List<String> NAMES = List.of(
            USER.toString(),
            SETTLED.toString(),
            OFFSET.toString(),
            EPOCH.toString(),
            GAP.toString(),
            STATE.toString(),
            HEAD.toString(),
            REPLACES.toString(),
            REFUSED.toString(),
            COUNT.toString(),
            SKIPPED.toString(),
            EXPIRES_IN.toString(),
            "JMSXUserID",
            "JMSXDeliveryCount");

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

    /** Whether a name is Gatepost's to give a meaning, today or some day: all that begin so, but the one that was a client's before. */
    static boolean isReserved(String name) {
        return name.startsWith(PREFIX) && !name.equals(MESSAGE_ID);
    }

    /**
     * Refuses what a SEND that brings no message says of one: it must not seem to have a meaning. What Gatepost alone says is dropped, as on
     * every SEND, but for an offset, which a client may have meant.
     *
     * @param known the reserved headers that have a meaning on it
     */
    static void requireNoMessage(Frame frame, Set<String> known) throws Refusal {
        String destination = frame.header("destination");
        String transaction = frame.header("transaction");
        if (transaction != null) {
            throw HeaderValues.bad("transaction", transaction, "none with " + destination);
        }
        for (String name : frame.headers().keySet()) {
            boolean dropped = isOwn(name) && !name.equals(OFFSET.toString()) && !name.equals(EPOCH.toString());
            if (isReserved(name) && !known.contains(name) && !dropped) {
                throw unknown(name, "SEND to " + destination);
            }
        }
    }

    /** What a client hears of a reserved name that has no meaning on its frame: it must not believe that it has one. */
    static Refusal unknown(String name, String command) {
        return new Refusal("the header " + name + " is unknown on " + command);
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }
}
