package gatepost.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.LoggingConfigurationReports;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSettingsTest {

    private static final Path FILE = Path.of("../../etc/gatepost.console.cfg");

    @Test
    void theShippedFileHasEveryKeyWithItsDefaultAndExplainsIt() throws Exception {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(FILE)) {
            shipped.load(reader);
        }
        Map<String, String> defaults = new TreeMap<>();
        for (var method : ConsoleDefinition.class.getDeclaredMethods()) {
            defaults.put(method.getName().replace("$", "").replace('_', '.'), String.valueOf(method.getDefaultValue()));
        }
        assertEquals(defaults, new TreeMap<>(shipped));
        List<String> lines = Files.readAllLines(FILE);
        for (String key : defaults.keySet()) {
            assertTrue(String.join("\n", lines).matches("(?s).*\n# [^\n]*\n([a-z.]+ = [^\n]*\n)*" + key + " =.*"), key);
        }
    }

    @Test
    void hostsAreComparedWithoutCase() throws Exception {
        assertEquals(
                Set.of("console.example", "[fd00::1]"),
                of("hosts", "Console.Example, [FD00::1]").hosts());
    }

    @Test
    void whoMayAskIsThisMachineUntilOthersAreNamed() throws Exception {
        ConsoleSettings shipped = ConsoleSettings.of(Map.of());
        InetAddress monitor = InetAddress.getByName("10.1.2.3");
        assertTrue(shipped.monitors().metrics().contains(InetAddress.getByName("127.0.0.1")));
        assertTrue(shipped.monitors().health().contains(InetAddress.getByName("::1")));
        assertFalse(shipped.monitors().metrics().contains(monitor));
        assertTrue(of("metrics.allowed", "fd00::/8, 10.0.0.0/8")
                .monitors()
                .metrics()
                .contains(monitor));
        assertFalse(of("metrics.allowed", "10.0.0.0/8").monitors().health().contains(monitor));
        assertEquals(Optional.empty(), shipped.monitors().probe());
        assertEquals(
                Optional.of(new InetSocketAddress(InetAddress.getByName("::"), 8182)),
                of("probe.address", "[::]:8182").monitors().probe());
    }

    @Test
    void whatIsNoNetworkIsNamedWithWhatWasExpected() {
        ConfigurationProblems problems =
                assertThrows(ConfigurationProblems.class, () -> of("health.allowed", "127.0.0.1, kubelet"));
        String problem = problems.problems().toString();
        for (String told : List.of("health.allowed", "kubelet is no address", "10.0.0.0/8 or fd00::/8")) {
            assertTrue(problem.contains(told), problem);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://console.example", "console.example:8181", "*", "console.example/x", "a b"})
    void whatIsNoNameOfAHostIsRefused(String hosts) {
        assertThrows(ConfigurationProblems.class, () -> of("hosts", hosts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x/stomp",
                "wss://user@x/stomp",
                "wss://x;script-src */stomp",
                "wss:///stomp",
                "x",
                "wss://x/#a"
            })
    void whatIsNoAddressOfAWebSocketIsRefused(String address) {
        assertThrows(ConfigurationProblems.class, () -> of("websocket", address));
    }

    @ParameterizedTest
    @CsvSource({
        "session.idle,9",
        "session.idle,86401",
        "session.max,9",
        "throttle.failures,0",
        "throttle.wait.max,0",
        "metrics.allowed,monitor.example",
        "metrics.allowed,10.0.0.0/33",
        "health.allowed,localhost",
        "probe.address,8182",
        "probe.address,localhost:8182",
        "probe.address,0.0.0.0:0",
        "probe.address,0.0.0.0:65536",
        "probe.address,256.0.0.1:8182",
        "probe.address,::1:8182",
        "try,maybe",
        "tryit,true"
    })
    void whatIsOutOfRangeOrUnknownIsRefused(String key, String value) {
        assertThrows(ConfigurationProblems.class, () -> of(key, value));
    }

    @Test
    void nothingIsOpenUntilThereIsAConfigurationThatCanBeUsed() {
        ConfigurationReports reports = new LoggingConfigurationReports();
        Console console = new Console(reports, Map.of("service.pid", Console.PID));
        assertFalse(console.settings().tryIt());
        console.modified(Map.of("try", "maybe"));
        assertFalse(console.settings().tryIt());
        console.modified(Map.of("try", "true", "session.idle", "60"));
        assertTrue(console.settings().tryIt());
        console.modified(Map.of("try", "maybe"));
        assertEquals(Duration.ofMinutes(1), console.settings().sessions().idle());
        assertFalse(reports.all().get(0).taken());
    }

    private static ConsoleSettings of(String key, String value) throws ConfigurationProblems {
        return ConsoleSettings.of(Map.of(key, value));
    }
}
