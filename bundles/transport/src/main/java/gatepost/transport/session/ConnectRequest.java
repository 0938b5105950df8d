package gatepost.transport.session;

import gatepost.contracts.Printable;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.StompVersion;
import java.util.Optional;

/**
 * What a CONNECT frame asks for, checked.
 *
 * @param clientId none when the client leaves it to the server
 */
record ConnectRequest(HeartBeats beats, Optional<String> clientId, String login, String passcode) {

    /** @throws Refusal when client and server have no version in common */
    static StompVersion version(Frame frame) throws Refusal {
        Optional<StompVersion> agreed = StompVersion.negotiate(frame.header("accept-version"));
        if (agreed.isEmpty()) {
            throw new Refusal("no version of accept-version:" + frame.header("accept-version")
                    + " is spoken here: expected one of " + StompVersion.SUPPORTED);
        }
        return agreed.get();
    }

    /**
     * @param version agreed on before, so that a refusal is written in it
     * @throws Refusal for a header whose value cannot be used
     */
    static ConnectRequest of(Frame frame, StompVersion version, ConnectorOptions options) throws Refusal {
        HeartBeats beats = HeartBeats.negotiate(
                version == StompVersion.V1_0 ? null : frame.header("heart-beat"),
                options.heartbeatSend(),
                options.heartbeatReceive());
        for (String header : frame.headers().keySet()) {
            if (header.startsWith("activemq.")) {
                throw new Refusal("the header " + header + " is not allowed on CONNECT", CloseReason.POLICY);
            }
        }
        String clientId = frame.header("client-id");
        if (clientId != null && !Printable.isPrintable(clientId)) {
            // ActiveMQ writes it to the log as it came
            throw new Refusal("the client-id has characters that do not show: " + Printable.of(clientId));
        }
        return new ConnectRequest(
                beats,
                Optional.ofNullable(clientId).filter(id -> !id.isEmpty()),
                frame.header("login"),
                frame.header("passcode"));
    }
}
