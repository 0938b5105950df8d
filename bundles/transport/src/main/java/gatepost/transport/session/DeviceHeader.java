package gatepost.transport.session;

import gatepost.transport.frame.Frame;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.activemq.command.ActiveMQDestination;

/** The name by which a SUBSCRIBE asks an inbox to remember the client's device. */
final class DeviceHeader {

    static final String NAME = "gatepost-device";

    private static final Pattern DEVICES = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** A device has got everything up to its place: what passes over messages, or begins elsewhere, says something else. */
    private static final List<String> NOT_WITH_IT = List.of("selector", StartHeaders.START);

    private DeviceHeader() {}

    /**
     * Whether there is an inbox at the destination is for the broker to say; here it is refused where there can be none.
     *
     * @return nothing when the client names no device
     */
    static Optional<String> of(Frame frame, ActiveMQDestination destination) throws Refusal {
        String device = frame.header(NAME);
        if (device == null) {
            return Optional.empty();
        }
        if (!DEVICES.matcher(device).matches()) {
            throw HeaderValues.bad(NAME, device, "1 to 64 characters of A-Z, a-z, 0-9, -, _ and .");
        }
        if (!StartHeaders.canBeInbox(destination)) {
            throw HeaderValues.bad(NAME, device, "the name of one queue as the destination");
        }
        for (String other : NOT_WITH_IT) {
            if (frame.header(other) != null) {
                throw HeaderValues.bad(NAME, device, "no header " + other + " with it");
            }
        }
        if (HeaderValues.flag(frame, "browser", false)) {
            throw HeaderValues.bad(NAME, device, "no header browser:true with it");
        }
        return Optional.of(device);
    }
}
