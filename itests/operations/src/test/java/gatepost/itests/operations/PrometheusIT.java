package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus' own tool says of the metrics, and of the alerts that ship. */
@ExtendWith(Suite.class)
class PrometheusIT {

    private static final String RULES = "prometheus-rules.yml";
    private static final String TESTS = "prometheus-rules.test.yml";

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(Suite.gatepost().home().resolve("contrib").resolve(RULES), folder.resolve(RULES));
        try (InputStream tests = PrometheusIT.class.getResourceAsStream(TESTS)) {
            Files.copy(tests, folder.resolve(TESTS));
        }
    }

    @Test
    void theMetricsAreNamedAndDescribedAsTheyShouldBe() throws IOException {
        // counters that have labels are there once somebody has counted
        try (StompClient client = Transport.TCP.client(Suite.gatepost())) {
            client.connect("crowd-7", "crowd-7");
            client.done(ClientFrame.send("/queue/app.inbox", "checked"));
            client.send(ClientFrame.send("/queue/user.nobody", "checked"));
            client.expect("ERROR");
        }
        Files.writeString(folder.resolve("metrics"), Suite.web().get("/metrics").body());
        assertEquals("", tool("promtool check metrics < metrics"));
    }

    @Test
    void theRulesCanBeReadAndEachAlertFiresAndIsQuiet() throws IOException {
        assertTrue(tool("promtool check rules " + RULES).contains("SUCCESS"));
        assertTrue(tool("promtool test rules " + TESTS).contains("SUCCESS"));

        Set<String> alerts = new TreeSet<>();
        Matcher alert = Pattern.compile("(?m)^ *- alert: (\\S+)$").matcher(Files.readString(folder.resolve(RULES)));
        while (alert.find()) {
            alerts.add(alert.group(1));
        }
        assertTrue(alerts.size() > 10, alerts::toString);
        assertEquals(alerts, tested("exp_alerts:\\s+- exp_labels"));
        assertEquals(alerts, tested("exp_alerts: \\[]"));
    }

    /** @return the alerts of which a test expects that */
    private Set<String> tested(String expected) throws IOException {
        Set<String> alerts = new TreeSet<>();
        Matcher test = Pattern.compile("- alertname: (\\S+)\\s+eval_time: \\S+\\s+" + expected)
                .matcher(Files.readString(folder.resolve(TESTS)));
        while (test.find()) {
            alerts.add(test.group(1));
        }
        return alerts;
    }

    private String tool(String command) {
        return Command.run(folder, Map.of(), "sh", "-c", command);
    }
}
