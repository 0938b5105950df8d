package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.connector.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the broker is started, changed and stopped, and when clients may come in. It keeps everything in memory. */
class EmbeddedBrokerTest {

    private static final Map<String, Object> NAME = Map.of("gatepost.plugin", "authentication");
    private static final BrokerPlugin PLUGIN = BrokerFilter::new;

    @TempDir
    private Path folder;

    private final Reports reports = new Reports();
    private EmbeddedBroker embedded;

    @AfterEach
    void stop() {
        embedded.deactivate();
    }

    @Test
    void nobodyComesInBeforeAllPluginsThatAreRequiredAreThere() {
        start();
        assertEquals("the required plugin 'authentication' is missing", embedded.problem());
        assertTrue(embedded.running().isPresent());

        embedded.addPlugin(PLUGIN, NAME);
        assertEquals("", embedded.problem());
        assertEquals(List.of("authentication"), embedded.plugins());

        embedded.removePlugin(PLUGIN, NAME);
        assertEquals("the required plugin 'authentication' is missing", embedded.problem());
    }

    @Test
    void aPluginThatIsReplacedBeforeItGoesStays() {
        start();
        BrokerPlugin next = BrokerFilter::new;
        embedded.addPlugin(PLUGIN, NAME);
        embedded.addPlugin(next, NAME);
        embedded.removePlugin(PLUGIN, NAME);
        assertEquals("", embedded.problem());
    }

    @Test
    void anEmptyConfigurationStartsNothing() {
        embedded = new EmbeddedBroker(reports, new Connectors(), Map.of("service.pid", EmbeddedBroker.PID));
        assertEquals("awaited", reports.last());
        assertEquals(Optional.empty(), embedded.running());
        assertEquals("not configured yet", embedded.problem());
        assertEquals(0, embedded.users());
        assertEquals(Optional.empty(), embedded.ledger());
    }

    @Test
    void aLimitIsChangedWhileTheBrokerRuns() {
        start();
        BrokerService before = running();
        final long memory = before.getSystemUsage().getMemoryUsage().getLimit();
        embedded.modified(properties("plugins.required", "", "memory.percent", "42"));

        assertSame(before, running());
        assertNotEquals(memory, before.getSystemUsage().getMemoryUsage().getLimit());
        assertEquals("", embedded.problem());
        assertEquals("taken", reports.last());
    }

    @Test
    void whatCannotBeChangedWhileItRunsRestartsIt() {
        start();
        BrokerService before = running();
        embedded.modified(properties("name", "other"));

        assertNotSame(before, running());
        assertTrue(before.isStopped());
        assertEquals("other", running().getBrokerName());
        assertEquals("taken the embedded broker was restarted for it", reports.last());
    }

    @Test
    void aConfigurationThatIsWrongChangesNothing() {
        start();
        BrokerService before = running();
        embedded.modified(properties("store", "oracle"));

        assertSame(before, running());
        assertEquals("refused store", reports.last());
    }

    @Test
    void whatCannotBeStartedIsRefusedAndTheLastGoodOneRunsAgain() throws IOException {
        start();
        Path file = Files.createFile(folder.resolve("file"));
        embedded.modified(
                properties("store", "journal", "data", file.resolve("data").toString()));

        assertEquals("refused data", reports.last());
        assertEquals("test-embedded", running().getBrokerName());
        assertEquals("the required plugin 'authentication' is missing", embedded.problem());
    }

    @Test
    void whatTheLastBrokerKeptCanBeAskedForOnceItIsStopped() {
        start();
        embedded.deactivate();

        assertEquals(Optional.empty(), embedded.running());
        assertTrue(embedded.ledger().isPresent());
        assertEquals(0, embedded.users());
        assertEquals("the broker is stopped", embedded.problem());
        assertEquals("removed", reports.last());
    }

    private void start() {
        embedded = new EmbeddedBroker(reports, new Connectors(), properties());
        assertEquals("taken the broker was started", reports.last());
    }

    private BrokerService running() {
        return embedded.running().orElseThrow();
    }

    private Map<String, Object> properties(String... changes) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "service.pid",
                EmbeddedBroker.PID,
                "name",
                "test-embedded",
                "store",
                "memory",
                "data",
                folder.resolve("data").toString(),
                "plugins.required",
                "authentication"));
        for (int i = 0; i < changes.length; i += 2) {
            properties.put(changes[i], changes[i + 1]);
        }
        return properties;
    }
}
