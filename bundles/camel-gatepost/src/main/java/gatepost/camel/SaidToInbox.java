package gatepost.camel;

import gatepost.contracts.InboxHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Message;

/**
 * What a message says to the inbox that it goes to. What Gatepost would refuse fails here: its ERROR would end the connection of all
 * routes.
 */
final class SaidToInbox {

    private static final Pattern NAMES = Pattern.compile("[!-~]{1,128}");
    private static final Map<String, String> NAMING = Map.of(
            GatepostHeaders.ID, InboxHeaders.ID,
            GatepostHeaders.ONCE, InboxHeaders.ONCE,
            GatepostHeaders.COLLAPSE, InboxHeaders.COLLAPSE);

    private SaidToInbox() {}

    /**
     * @param inbox whether the message goes to one
     * @return headers of the SEND frame
     * @throws IllegalArgumentException for what cannot be said, or not there
     */
    static Map<String, String> by(Message message, boolean inbox) {
        Map<String, String> said = new HashMap<>();
        NAMING.forEach((header, onTheWire) -> {
            String name = message.getHeader(header, String.class);
            if (name != null) {
                require(
                        NAMES.matcher(name).matches(),
                        header,
                        name,
                        "1 to 128 printable characters of ASCII without spaces");
                require(inbox, header, name, "an inbox as the destination");
                require(
                        !"false".equals(message.getHeader("persistent", String.class)),
                        header,
                        name,
                        "no header persistent=false with it");
                said.put(onTheWire, name);
            }
        });
        String ifFull = message.getHeader(GatepostHeaders.IF_FULL, String.class);
        if (ifFull != null) {
            require(ifFull.equals(InboxHeaders.SKIP), GatepostHeaders.IF_FULL, ifFull, InboxHeaders.SKIP);
            said.put(InboxHeaders.IF_FULL, ifFull);
        }
        return said;
    }

    private static void require(boolean met, String header, String value, String expected) {
        if (!met) {
            throw new IllegalArgumentException(
                    "the header " + header + "=" + value + " cannot be used: expected " + expected);
        }
    }
}
