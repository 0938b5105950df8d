package gatepost.transport.session;

import gatepost.transport.frame.Frame;
import java.util.Set;

/** What a SUBSCRIBE to the state of an inbox may say. It gets no messages, so that what is said of those is refused. */
final class WatchHeaders {

    private static final Set<String> OF_MESSAGES = Set.of("selector", "durable-subscription-name");
    private static final Set<String> FLAGS_OF_MESSAGES = Set.of("browser", "durable");
    /** A library may set it on whatever it subscribes to. */
    private static final String PREFETCH = "activemq.prefetchSize";

    private WatchHeaders() {}

    /** @throws Refusal for a header that can have no meaning here */
    static void require(Frame frame) throws Refusal {
        String ack = frame.header("ack");
        if (ack != null && !ack.equals("auto")) {
            throw bad(frame, "ack", "auto: a state is not acknowledged");
        }
        for (String name : FLAGS_OF_MESSAGES) {
            if (HeaderValues.flag(frame, name, false)) {
                throw notHere(frame, name);
            }
        }
        for (String name : frame.headers().keySet()) {
            boolean activeMqs = name.startsWith("activemq.") && !name.equals(PREFETCH);
            boolean gateposts = OwnHeaders.isReserved(name) && !name.equals(OwnDestinations.INBOX);
            if (activeMqs || gateposts || OF_MESSAGES.contains(name)) {
                throw notHere(frame, name);
            }
        }
    }

    private static Refusal notHere(Frame frame, String name) {
        return bad(frame, name, "no such header with " + OwnDestinations.STATE);
    }

    private static Refusal bad(Frame frame, String name, String expected) {
        return HeaderValues.bad(name, frame.header(name), expected);
    }
}
