package gatepost.console.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.LoggingConfigurationReports;
import gatepost.console.Console;
import gatepost.console.monitor.Monitor.Answer;
import gatepost.console.monitor.Monitor.Asker;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorTest {

    private static final Map<String, Object> ELSEWHERE =
            Map.of("metrics.allowed", "10.0.0.0/8, ::1", "health.allowed", "0.0.0.0/0", "hosts", "gatepost.example");

    @ParameterizedTest
    @CsvSource({
        "/metrics,10.1.2.3,10.0.0.5:8182,200",
        "/metrics,10.1.2.3,gatepost.example:8182,200",
        "/metrics,10.1.2.3,,200",
        "/metrics,11.1.2.3,10.0.0.5:8182,403",
        "/metrics,127.0.0.1,127.0.0.1:8182,403",
        "/metrics,::1,[::1]:8182,200",
        "/health/live,11.1.2.3,10.0.0.5:8182,200",
        "/health/live,fd00::1,[fd00::5]:8182,403",
        "/health/ready,11.1.2.3,10.0.0.5:8182,503",
        "/metrics/,10.1.2.3,10.0.0.5:8182,404",
        "/,10.1.2.3,10.0.0.5:8182,404"
    })
    void whoIsNamedIsAnswered(String path, String from, String host, int status) throws Exception {
        assertEquals(status, ask(ELSEWHERE, path, from, host).status());
    }

    /** Its browser may stand in a network that is allowed. */
    @ParameterizedTest
    @CsvSource({"/metrics", "/health/live"})
    void aPageWhoseNameLeadsHereIsRefused(String path) throws Exception {
        assertEquals(421, ask(ELSEWHERE, path, "10.1.2.3", "evil.example:8182").status());
    }

    /** One that says nothing of itself gives away only the name that was asked for. */
    @ParameterizedTest
    @CsvSource({"10.0.0.5:8182", "gatepost.example", "''"})
    void aSilentProxyOnThisMachineIsNotThisMachine(String host) throws Exception {
        assertEquals(
                403,
                ask(Map.of("hosts", "gatepost.example"), "/metrics", "127.0.0.1", host.isEmpty() ? null : host)
                        .status());
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"})
    void whatAProxyPassesOnIsRefusedWhateverItsHeaderSays(String header) throws Exception {
        Asker asker = new Asker(InetAddress.getByName("10.1.2.3"), "10.0.0.5:8182", List.of("Host", header));
        assertEquals(403, monitor(ELSEWHERE).answer("/metrics", asker).status());
    }

    @Test
    void nobodyIsExpectedWhomNeitherKeyNames() throws UnknownHostException {
        Monitor monitor = monitor(Map.of("metrics.allowed", "10.0.0.0/8", "health.allowed", "192.0.2.7"));
        assertTrue(monitor.isExpected(InetAddress.getByName("10.1.2.3")));
        assertTrue(monitor.isExpected(InetAddress.getByName("192.0.2.7")));
        assertTrue(!monitor.isExpected(InetAddress.getByName("127.0.0.1")));
    }

    @Test
    void aRefusalNamesTheKey() throws Exception {
        Answer answer = ask(Map.of(), "/health/ready", "10.1.2.3", "10.0.0.5:8182");
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("health.allowed"));
    }

    private static Answer ask(Map<String, Object> settings, String path, String from, String host)
            throws UnknownHostException {
        return monitor(settings).answer(path, new Asker(InetAddress.getByName(from), host, List.of("Host")));
    }

    static Monitor monitor(Map<String, Object> settings) {
        // at least one key: a configuration that says nothing is waited for
        Map<String, Object> all = new HashMap<>(settings);
        all.put("try", "false");
        return new Monitor(
                new Console(new LoggingConfigurationReports(), all), () -> new MetricSnapshots(), new Health());
    }
}
