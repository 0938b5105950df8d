package gatepost.broker.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.Reports;
import gatepost.contracts.ConnectorServer;
import gatepost.contracts.ConnectorTransport;
import gatepost.contracts.OptionRefused;
import gatepost.contracts.Scheme;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.command.BrokerInfo;
import org.apache.activemq.transport.TransportServerSupport;
import org.apache.activemq.util.ServiceStopper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** When a connector listens and where. The transport and the service registry are this test's. */
class ConnectorTest {

    private static final String PID = Connector.PID + "~web";

    private final List<String> sockets = new ArrayList<>();
    private final List<URI> taken = new ArrayList<>();
    private final List<Object> addresses = new ArrayList<>();
    private final Reports reports = new Reports();
    private final Connectors connectors = new Connectors();
    private final BrokerService broker = new BrokerService();
    private final ConnectorTransport transport = new TestTransport();
    private Connector connector;

    @BeforeEach
    void make() {
        broker.setBrokerName("test-connector");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        connector = new Connector(reports, connectors, context(), properties("uri", "ws://127.0.0.1:1"));
    }

    @AfterEach
    void stop() throws Exception {
        connectors.deactivate();
        broker.stop();
    }

    @Test
    void itListensWhileTheGateIsOpenAndItsTransportIsThere() {
        assertEquals("the gate is closed", status().problem());
        connectors.open(broker);
        assertTrue(status().problem().startsWith("no transport serves"), status().problem());
        connectors.addTransport(transport);
        assertEquals(List.of("open ws://127.0.0.1:1"), sockets);
        assertTrue(status().open());
        assertEquals(1, addresses.size());

        connectors.close();
        assertFalse(status().open());
        assertEquals("closed", status().problem());
        assertEquals(List.of(), addresses);
        assertEquals(List.of("open ws://127.0.0.1:1", "close ws://127.0.0.1:1"), sockets);
    }

    @Test
    void itClosesWhenItsTransportGoes() {
        open();
        connectors.removeTransport(transport);
        assertFalse(status().open());
        assertEquals(List.of("close ws://127.0.0.1:1"), sockets);
    }

    @Test
    void anotherPortListensBeforeTheFirstOneIsClosed() {
        open();
        connector.modified(properties("uri", "ws://127.0.0.1:2"));
        assertEquals(List.of("open ws://127.0.0.1:2", "close ws://127.0.0.1:1"), sockets);
        assertEquals("taken", reports.last());
    }

    @Test
    void whereItCannotListenItGoesOnWhereItWas() {
        open();
        taken.add(URI.create("ws://127.0.0.2:1"));
        connector.modified(properties("uri", "ws://127.0.0.2:1"));
        assertEquals("refused uri", reports.last());
        assertEquals(List.of("close ws://127.0.0.1:1", "open ws://127.0.0.1:1"), sockets);
        assertTrue(status().open());
    }

    @Test
    void optionsChangeWhileItListens() {
        open();
        connector.modified(properties("uri", "ws://127.0.0.1:1", "path", "/other"));
        assertEquals(List.of("path /other"), sockets);
        assertEquals("taken", reports.last());
    }

    @Test
    void anOptionThatTheTransportRefusesIsReportedByItsName() {
        open();
        connector.modified(properties("uri", "ws://127.0.0.1:1", "path", "/bad"));
        assertEquals("refused path", reports.last());
        assertTrue(status().open());
    }

    @Test
    void aConfigurationThatIsWrongLeavesItAsItIs() {
        open();
        connector.modified(properties("uri", "gopher://x"));
        assertEquals("refused uri", reports.last());
        assertTrue(status().open());
        assertEquals(List.of(), sockets);
    }

    @Test
    void aPortThatIsTakenIsTriedAgain() {
        taken.add(URI.create("ws://127.0.0.1:1"));
        connectors.addTransport(transport);
        connectors.open(broker);
        assertFalse(status().open());
        assertTrue(status().problem().contains("cannot listen there"), status().problem());

        taken.clear();
        connectors.open(broker);
        assertTrue(status().open());
    }

    @Test
    void whatIsRemovedIsClosedAndNoLongerListed() {
        open();
        connector.deactivate();
        assertEquals(List.of(), connectors.status());
        assertEquals(List.of("close ws://127.0.0.1:1"), sockets);
        assertEquals("removed", reports.last());
    }

    private void open() {
        connectors.addTransport(transport);
        connectors.open(broker);
        assertTrue(status().open(), status().problem());
        sockets.clear();
    }

    private ConnectorStatus status() {
        return connectors.status().get(0);
    }

    private static Map<String, Object> properties(String... values) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", PID));
        for (int i = 0; i < values.length; i += 2) {
            properties.put(values[i], values[i + 1]);
        }
        return properties;
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    addresses.add(arguments[1]);
                    return registration(arguments[1]);
                });
    }

    private Object registration(Object service) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (proxy, method, arguments) -> {
                    addresses.remove(service);
                    return null;
                });
    }

    private final class TestTransport implements ConnectorTransport {

        @Override
        public Set<Scheme> schemes() {
            return Set.of(Scheme.WEB_SOCKET);
        }

        @Override
        public ConnectorServer bind(URI location) {
            return new TestServer(location);
        }
    }

    private final class TestServer extends TransportServerSupport implements ConnectorServer {

        private boolean used;
        private boolean listening;

        TestServer(URI location) {
            super(location);
            setConnectURI(location);
        }

        @Override
        public void use(Map<String, Object> options) throws OptionRefused {
            if (options.get("path").equals("/bad")) {
                throw new OptionRefused("path", "it is bad", null);
            }
            if (used) {
                sockets.add("path " + options.get("path"));
            }
            used = true;
        }

        @Override
        protected void doStart() throws IOException {
            if (taken.contains(getConnectURI())) {
                throw new IOException("address in use");
            }
            listening = true;
            sockets.add("open " + getConnectURI());
        }

        @Override
        protected void doStop(ServiceStopper stopper) {
            if (listening) {
                sockets.add("close " + getConnectURI());
            }
        }

        @Override
        public InetSocketAddress getSocketAddress() {
            return null;
        }

        @Override
        public long getMaxConnectionExceededCount() {
            return 0;
        }

        @Override
        public void setBrokerInfo(BrokerInfo info) {
            // nobody asks for it
        }

        @Override
        public void resetStatistics() {
            // nothing is counted
        }

        @Override
        public boolean isSslServer() {
            return false;
        }
    }
}
