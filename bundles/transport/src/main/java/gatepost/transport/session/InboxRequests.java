package gatepost.transport.session;

import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.InboxRequest.Kind;
import gatepost.transport.frame.Frame;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.activemq.command.ActiveMQQueue;

/** Makes of a SEND to one of {@link OwnDestinations} what it asks of an inbox. */
final class InboxRequests {

    /** Finds the inbox of who is signed in. */
    @FunctionalInterface
    interface Own {

        /** @param frame that may say which of several */
        ActiveMQQueue inbox(Frame frame) throws Refusal;
    }

    private static final String OFFSET = OwnHeaders.OFFSET.toString();
    private static final String EPOCH = OwnHeaders.EPOCH.toString();
    private static final String UP_TO = "gatepost-upto";
    private static final String DESTINATION = "gatepost-destination";
    private static final Map<String, Kind> KINDS = Map.of(
            OwnDestinations.PREFIX + "inbox/seen", Kind.SEEN,
            OwnDestinations.PREFIX + "inbox/read", Kind.READ,
            OwnDestinations.PREFIX + "inbox/unread", Kind.UNREAD,
            OwnDestinations.PREFIX + "inbox/archive", Kind.ARCHIVE,
            OwnDestinations.PREFIX + "inbox/done", Kind.DONE,
            OwnDestinations.PREFIX + "withdraw", Kind.WITHDRAW);
    /** All that can be sent to, this or not. */
    private static final Set<String> EXPECTED = new TreeSet<>(KINDS.keySet());

    static {
        EXPECTED.add(TokenRefreshes.DESTINATION);
    }

    private static final Set<String> OF_MARKS = Set.of(OFFSET, UP_TO, EPOCH, OwnDestinations.INBOX);
    private static final Set<String> OF_DONE = Set.of(OFFSET, UP_TO, EPOCH, OwnDestinations.INBOX, DeviceHeader.NAME);
    private static final Set<String> OF_WITHDRAWALS = Set.of(DESTINATION, InboxHeaders.ID);

    private final Own own;
    private final DestinationNames names;

    InboxRequests(Own own, DestinationNames names) {
        this.own = own;
        this.names = names;
    }

    /** @throws Refusal when it names nothing that is there, or says anything that cannot be used */
    InboxRequest of(Frame frame) throws Refusal {
        String destination = frame.header("destination");
        Kind kind = KINDS.get(destination.trim());
        if (kind == null) {
            throw new Refusal("the destination " + destination + " is unknown on SEND: expected one of "
                    + String.join(", ", EXPECTED));
        }
        requireAlone(
                frame,
                switch (kind) {
                    case WITHDRAW -> OF_WITHDRAWALS;
                    case DONE -> OF_DONE;
                    default -> OF_MARKS;
                });
        return kind == Kind.WITHDRAW ? withdrawal(frame) : mark(frame, kind);
    }

    private InboxRequest mark(Frame frame, Kind kind) throws Refusal {
        OptionalLong offset = number(frame, OFFSET);
        OptionalLong upTo = number(frame, UP_TO);
        if (kind == Kind.SEEN) {
            if (offset.isPresent()) {
                throw HeaderValues.bad(OFFSET, frame.header(OFFSET), UP_TO + ": all is seen up to a message");
            }
            required(frame, UP_TO, "the offset of the last message that was seen");
        } else if (offset.isPresent() == upTo.isPresent()) {
            throw missing(
                    frame,
                    "either " + OFFSET + " or " + UP_TO,
                    "the offset of one message, or of the last of all up to it");
        }
        String epoch = required(frame, EPOCH, "the epoch in which the offset was given");
        if (kind == Kind.DONE) {
            ActiveMQQueue inbox = own.inbox(frame);
            return InboxRequest.done(inbox, offset, upTo, epoch, DeviceHeader.of(frame, inbox));
        }
        return InboxRequest.mark(own.inbox(frame), kind, offset, upTo, StartHeaders.epoch(frame));
    }

    private InboxRequest withdrawal(Frame frame) throws Refusal {
        String destination = required(frame, DESTINATION, "the queue that the message was sent to");
        String id = required(frame, InboxHeaders.ID, "what the message was sent with");
        ActiveMQQueue inbox = names.queue(destination)
                .orElseThrow(() -> HeaderValues.bad(DESTINATION, destination, "the name of one queue"));
        return InboxRequest.withdrawal(inbox, SendHeaders.name(InboxHeaders.ID, id));
    }

    /** It is no message: what would have a meaning on one must not seem to have one here. */
    private static void requireAlone(Frame frame, Set<String> known) throws Refusal {
        for (byte each : frame.body()) {
            if (each != ' ' && each != '\t' && each != '\r' && each != '\n') {
                throw new Refusal("SEND to " + frame.header("destination") + " has a body of " + frame.body().length
                        + " bytes: expected none");
            }
        }
        OwnHeaders.requireNoMessage(frame, known);
    }

    private static OptionalLong number(Frame frame, String name) throws Refusal {
        String value = frame.header(name);
        return value == null
                ? OptionalLong.empty()
                : OptionalLong.of(HeaderValues.number(name, value, 0, Long.MAX_VALUE));
    }

    private static String required(Frame frame, String name, String expected) throws Refusal {
        String value = frame.header(name);
        if (value == null || value.isEmpty()) {
            throw missing(frame, "a header " + name, expected);
        }
        return value;
    }

    private static Refusal missing(Frame frame, String what, String expected) {
        return new Refusal("SEND to " + frame.header("destination") + " needs " + what + ": expected " + expected);
    }
}
