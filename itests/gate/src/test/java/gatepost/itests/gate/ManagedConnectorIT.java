package gatepost.itests.gate;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Wire;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With JMX, ActiveMQ puts a copy of its own in a connector's place: closing has to cut the sessions of that one. */
class ManagedConnectorIT {

    @Test
    void aConnectorThatClosesCutsItsSessionsAlsoWithJmx() {
        try (Gatepost gatepost = Gatepost.unpack()) {
            gatepost.configure("gatepost.broker.cfg", Map.of("jmx", "true"));
            gatepost.start();
            try (StompClient alice = Wire.TCP.client(gatepost)) {
                alice.connect("alice", "alice");
                gatepost.removeConnector("stomp");
                alice.expect("ERROR");
            }
        }
    }
}
