package gatepost.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.Before;
import org.junit.Test;

/** Connectors come and go through Config Admin while clients are connected to others. */
public class ConnectorsIT extends ContainerTest {

    private Connector shipped;

    @Before
    public void theShippedConnectorIsOpen() throws Exception {
        shipped = Connector.shipped(configurations, "stomp");
        eventually().until(shipped::isOpen);
    }

    @Test
    public void bothConnectorsThatShipAreOpen() throws Exception {
        eventually().until(Connector.shipped(configurations, "ws")::isOpen);
    }

    @Test
    public void aConnectorOpensAndClosesWithItsConfigurationAndOtherSessionsGoOn() throws Exception {
        try (StompSession session = StompSession.open(shipped.port(), "system", "manager")) {
            Connector second = Connector.create(configurations, "second", "stomp", Connector.freePort());
            eventually().until(second::isOpen);
            StompSession.open(second.port(), "system", "manager").close();

            Connector.delete(configurations, "second");
            eventually().until(() -> !second.isOpen());

            session.publish("/queue/itests.connectors", "still here");
            assertEquals("still here", session.receive("/queue/itests.connectors"));
        }
    }

    @Test
    public void aConnectorMovesToAnotherPort() throws Exception {
        Connector before = Connector.create(configurations, "moving", "ws", Connector.freePort());
        eventually().until(before::isOpen);

        Connector after = Connector.create(configurations, "moving", "ws", Connector.freePort());
        eventually().until(() -> after.isOpen() && !before.isOpen());

        Connector.delete(configurations, "moving");
        eventually().until(() -> !after.isOpen());
    }

    @Test
    public void aConnectorWhosePortIsTakenLeavesTheGoodOnesAndSaysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                StompSession session = StompSession.open(shipped.port(), "system", "manager")) {
            Connector.create(configurations, "taken", "stomp", taken.getLocalPort());
            eventually()
                    .until(() -> Shell.asAdmin(context).run("gatepost:status").contains("taken"));

            session.publish("/queue/itests.taken", "unmoved");
            assertTrue(Connector.shipped(configurations, "ws").isOpen());
        } finally {
            Connector.delete(configurations, "taken");
        }
    }

    @Test
    public void aValueThatMakesNoSenseLeavesTheLastGoodOneInForce() throws Exception {
        Connector good = Connector.create(configurations, "good", "stomp", Connector.freePort());
        eventually().until(good::isOpen);
        try (StompSession session = StompSession.open(good.port(), "system", "manager")) {
            Connector.configure(configurations, "good", "carrier-pigeon://nowhere");
            eventually()
                    .until(() -> Shell.asAdmin(context).run("gatepost:status").contains("carrier-pigeon"));

            session.publish("/queue/itests.good", "unmoved");
        } finally {
            Connector.delete(configurations, "good");
        }
        eventually().until(() -> !good.isOpen());
    }
}
