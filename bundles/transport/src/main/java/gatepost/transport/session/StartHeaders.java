package gatepost.transport.session;

import gatepost.contracts.InboxStart;
import gatepost.contracts.InboxStart.From;
import gatepost.transport.frame.Frame;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.activemq.command.ActiveMQDestination;

/** Where a SUBSCRIBE asks an inbox to begin, as its headers say it. */
final class StartHeaders {

    static final String START = "gatepost-start";
    private static final String OFFSET = OwnHeaders.OFFSET.toString();
    private static final String EPOCH = OwnHeaders.EPOCH.toString();
    /** When a message is done. */
    static final String DONE = "gatepost-done";

    private static final String BY_REQUEST = "by-request";
    private static final Set<String> KNOWN = Set.of(START, OFFSET, EPOCH, DONE, DeviceHeader.NAME);
    private static final Pattern EPOCHS = Pattern.compile("[0-9a-z-]{1,64}");

    private StartHeaders() {}

    /**
     * Whether there is an inbox at the destination is for the broker to say; here it is refused where there can be none.
     *
     * @return nothing when the client says nothing of it
     * @throws Refusal for a value that cannot be used, and for a header of Gatepost's that SUBSCRIBE does not have
     */
    static Optional<InboxStart> of(Frame frame, ActiveMQDestination destination) throws Refusal {
        requireKnown(frame);
        Optional<InboxStart> start = start(frame.header(START));
        Optional<String> epoch = epoch(frame);
        Optional<InboxStart> after = after(frame, epoch);
        if (epoch.isPresent() && after.isEmpty()) {
            throw HeaderValues.bad(EPOCH, epoch.get(), "the header " + OFFSET + " with it");
        }
        if ((start.isPresent() || after.isPresent()) && !canBeInbox(destination)) {
            String header = after.isPresent() ? OFFSET : START;
            throw HeaderValues.bad(header, frame.header(header), "the name of one queue as the destination");
        }
        return after.or(() -> start);
    }

    private static void requireKnown(Frame frame) throws Refusal {
        for (String name : frame.headers().keySet()) {
            boolean ofAlias =
                    name.equals(OwnDestinations.INBOX) && OwnDestinations.isInbox(frame.header("destination"));
            if (OwnHeaders.isReserved(name) && !KNOWN.contains(name) && !ofAlias) {
                throw OwnHeaders.unknown(name, "SUBSCRIBE");
            }
        }
    }

    /** @return whether messages are done when the client says so in a request, and not when its socket has taken them */
    static boolean isDoneByRequest(Frame frame, ActiveMQDestination destination) throws Refusal {
        String value = frame.header(DONE);
        if (value == null) {
            return false;
        }
        String ack = frame.header("ack");
        if (!value.trim().equals(BY_REQUEST)) {
            throw HeaderValues.bad(DONE, value, BY_REQUEST);
        }
        if (ack != null && !ack.equals("auto")) {
            throw HeaderValues.bad(DONE, value, "ack:auto with it: no message waits for an ACK");
        }
        if (!canBeInbox(destination)) {
            throw HeaderValues.bad(DONE, value, "the name of one queue as the destination");
        }
        return true;
    }

    private static Optional<InboxStart> start(String value) throws Refusal {
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (value.trim()) {
                    case "oldest" -> new InboxStart(From.OLDEST, 0, Optional.empty());
                    case "new" -> new InboxStart(From.NEW, 0, Optional.empty());
                    default -> new InboxStart(From.LAST, last(value), Optional.empty());
                });
    }

    private static long last(String value) throws Refusal {
        OptionalLong number = HeaderValues.number(value, -Long.MAX_VALUE, -1);
        if (number.isEmpty()) {
            throw HeaderValues.bad(START, value, "oldest, new, or -N for the last N messages");
        }
        return -number.getAsLong();
    }

    private static Optional<InboxStart> after(Frame frame, Optional<String> epoch) throws Refusal {
        if (frame.header(OFFSET) == null) {
            return Optional.empty();
        }
        return Optional.of(new InboxStart(From.AFTER, HeaderValues.number(frame, OFFSET, 0, Long.MAX_VALUE, 0), epoch));
    }

    /** @return the epoch that the frame names, if it does */
    static Optional<String> epoch(Frame frame) throws Refusal {
        String value = frame.header(EPOCH);
        if (value != null && !EPOCHS.matcher(value).matches()) {
            throw HeaderValues.bad(EPOCH, value, "1 to 64 characters of 0-9, a-z and -");
        }
        return Optional.ofNullable(value);
    }

    /** Whether it is one queue by its name, and none that goes with its connection. */
    static boolean canBeInbox(ActiveMQDestination destination) {
        return destination.isQueue()
                && !destination.isTemporary()
                && !destination.isComposite()
                && !destination.isPattern();
    }
}
