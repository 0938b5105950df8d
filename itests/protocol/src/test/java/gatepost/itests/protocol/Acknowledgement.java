package gatepost.itests.protocol;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;

/**
 * How a version names the message that is acknowledged or refused.
 *
 * @param subscription the id of the subscription that got it
 */
record Acknowledgement(Version version, String subscription) {

    /** @param command ACK or NACK */
    ClientFrame frame(String command, ServerFrame message) {
        return switch (version) {
            case V1_0 -> ClientFrame.of(command, "message-id:" + message.header("message-id"));
            // colons are escaped in a message-id's value as it came, and have to be on its way back
            case V1_1 ->
                ClientFrame.of(
                        command,
                        "subscription:" + subscription,
                        "message-id:" + message.header("message-id").replace(":", "\\c"));
            case V1_2 -> ClientFrame.of(command, "id:" + message.header("ack").replace(":", "\\c"));
        };
    }
}
