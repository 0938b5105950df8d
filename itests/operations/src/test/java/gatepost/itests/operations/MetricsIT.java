package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted, read as Prometheus reads it. */
@ExtendWith(Suite.class)
class MetricsIT {

    private static final Pattern METRIC = Pattern.compile("\\b(gatepost|jvm|process)_[a-z_]+\\b");

    private final Web web = Suite.web();

    @Test
    void theFormatIsKeptAndAnswersItsOwnMediaType() {
        assertTrue(web.get("/metrics")
                .headers()
                .firstValue("Content-Type")
                .orElse("")
                .startsWith("text/plain; version=0.0.4"));
        Exposition metrics = web.metrics();
        assertEquals(1, metrics.value("gatepost_broker_open"));
        assertEquals(1, metrics.value("gatepost_connector_open", "connector", "ws"));
        assertTrue(metrics.value("jvm_memory_used_bytes", "area", "heap") > 0);
        assertTrue(metrics.value("jvm_memory_pool_collection_max_bytes", "pool", "PS Old Gen") > 0);
        assertTrue(metrics.value("gatepost_store_limit_bytes") > metrics.value("gatepost_store_bytes"));
    }

    /** Under the names that every dashboard for processes asks for. */
    @Test
    void theProcessItsBuildAndItsDisksAreThere() {
        Exposition metrics = web.metrics();
        ProcessHandle process = ProcessHandle.of(Suite.gatepost().pid()).orElseThrow();
        double started = process.info().startInstant().orElseThrow().toEpochMilli() / 1e3;
        assertEquals(started, metrics.value("process_start_time_seconds"), 60);
        assertTrue(metrics.value("process_cpu_seconds_total") > 1);
        assertTrue(metrics.value("process_open_fds") > 50);
        assertTrue(metrics.value("process_max_fds") > metrics.value("process_open_fds"));
        double resident = metrics.value("process_resident_memory_bytes");
        assertTrue(resident > 100e6, () -> "resident " + resident);
        assertTrue(metrics.value("process_virtual_memory_bytes") > resident);

        assertEquals(1, metrics.value("gatepost_build_info"));
        assertEquals(Set.of("0.1.0"), metrics.values("version"));
        assertTrue(metrics.values("revision").iterator().next().matches("[0-9a-f]{12}|unknown"));
        assertTrue(metrics.values("java").iterator().next().matches("(17|21|2\\d)[.\\d]*.*"));

        for (String disk : Set.of("gatepost_store_disk", "gatepost_log_disk")) {
            double free = metrics.value(disk + "_free_bytes");
            assertTrue(free > 1e6 && free <= metrics.value(disk + "_bytes"), disk);
        }
    }

    @Test
    void aSyncOfTheStoreIsTimedBeforeItsReceiptComes() {
        Exposition before = web.metrics();
        try (StompClient system = Transport.TCP.client(Suite.gatepost())) {
            system.connect("system", "manager");
            system.done(ClientFrame.send("/queue/user.crowd-5", "synced"));
        }
        awaitGrowth(before, 1, "gatepost_store_sync_seconds_count");
        assertTrue(web.metrics().value("gatepost_store_sync_seconds_sum")
                > before.value("gatepost_store_sync_seconds_sum"));
        assertTrue(web.metrics().value("gatepost_store_copied_bytes_total") >= 0);
    }

    @Test
    void aRefusedConfigurationIsToldUntilItIsMendedAndCounted() {
        String[] pid = {"pid", "gatepost.presence"};
        Exposition before = web.metrics();
        assertEquals(0, before.value("gatepost_configuration_refused", pid));
        String grace = Suite.gatepost().setting("gatepost.presence.cfg", "presence.grace");
        Suite.gatepost().applyRefused("gatepost.presence.cfg", Map.of("presence.grace", "long"));
        try {
            assertEquals(1, web.metrics().value("gatepost_configuration_refused", pid));
            assertEquals(
                    before.value("gatepost_configuration_refusals_total", pid) + 1,
                    web.metrics().value("gatepost_configuration_refusals_total", pid));
        } finally {
            Suite.gatepost().apply("gatepost.presence.cfg", Map.of("presence.grace", grace));
        }
        assertEquals(0, web.metrics().value("gatepost_configuration_refused", pid));
        assertEquals(
                before.value("gatepost_configuration_refusals_total", pid) + 1,
                web.metrics().value("gatepost_configuration_refusals_total", pid));
    }

    @Test
    void aMessageIsCountedFromTheSocketToTheSocket() {
        Exposition before = web.metrics();
        try (StompClient system = Transport.TCP.client(Suite.gatepost());
                StompClient reader = Transport.WEB_SOCKET.client(Suite.gatepost())) {
            system.connect("system", "manager");
            reader.connect("crowd-1", "crowd-1");
            reader.done(ClientFrame.subscribe("1", "/queue/user.crowd-1"));
            system.done(ClientFrame.send("/queue/user.crowd-1", "counted"));
            assertEquals("counted", reader.expect("MESSAGE").text());

            awaitGrowth(before, 1, "gatepost_messages_received_total");
            awaitGrowth(before, 1, "gatepost_messages_stored_total");
            awaitGrowth(before, 1, "gatepost_messages_dispatched_total");
            awaitGrowth(before, 1, "gatepost_messages_acknowledged_total");
            awaitGrowth(before, 1, "gatepost_delivery_seconds_count");
            // of the subscription and of the message
            awaitGrowth(before, 2, "gatepost_receipt_seconds_count");
            // CONNECT twice, SUBSCRIBE and SEND; CONNECTED twice, RECEIPT twice and MESSAGE
            awaitGrowth(before, 4, "gatepost_frames_received_total");
            awaitGrowth(before, 5, "gatepost_frames_sent_total");
            awaitGrowth(before, 2, "gatepost_logins_total", "result", "accepted");
            awaitGrowth(before, 1, "gatepost_connections_opened_total", "connector", "ws");
            assertTrue(
                    web.metrics().value("gatepost_sent_bytes_total") > before.value("gatepost_sent_bytes_total") + 100);
            assertEquals(1, web.metrics().value("gatepost_connections", "connector", "ws"));
            assertEquals(2, web.metrics().value("gatepost_users"));
        }
        Awaitility.await().untilAsserted(() -> assertEquals(0, web.metrics().value("gatepost_users")));
    }

    @Test
    void whatIsRefusedIsCountedByItsKind() {
        Exposition before = web.metrics();
        try (StompClient stranger = Transport.TCP.client(Suite.gatepost())) {
            stranger.send(ClientFrame.of(
                    "CONNECT", "accept-version:1.2", "host:localhost", "login:crowd-2", "passcode:wrong"));
            stranger.expect("ERROR");
        }
        try (StompClient curious = Transport.TCP.client(Suite.gatepost())) {
            curious.connect("crowd-2", "crowd-2");
            curious.send(ClientFrame.subscribe("1", "/queue/user.crowd-3"));
            curious.expect("ERROR");
        }
        awaitGrowth(before, 1, "gatepost_logins_total", "result", "refused");
        awaitGrowth(before, 1, "gatepost_denials_total", "operation", "read");
        awaitGrowth(before, 2, "gatepost_connections_closed_total", "connector", "stomp", "reason", "policy");
    }

    @Test
    void aThousandUsersAddNoLabel() {
        oneUser(1);
        // the end of its connection is counted a moment later
        Set<String> few = Awaitility.await()
                .until(
                        () -> web.metrics().series(),
                        series -> series.stream()
                                .anyMatch(one ->
                                        one.startsWith("gatepost_connections_closed_total") && one.contains("policy")));
        for (int i = 2; i <= Suite.CROWD; i++) {
            oneUser(i);
        }
        Exposition many = web.metrics();

        assertEquals(few, many.series());
        assertTrue(many.value("gatepost_connections_opened_total", "connector", "stomp") >= Suite.CROWD);
        assertTrue(many.value("gatepost_queues") >= Suite.CROWD);
        for (String label : Set.of("connector", "reason", "operation", "result", "state", "outcome")) {
            assertTrue(
                    many.values(label).stream().noneMatch(value -> value.contains("crowd")),
                    many.values(label)::toString);
        }
    }

    /** The dashboard, the alerts, and whatever else asks for metrics. */
    @Test
    void whatShipsForMonitorsAsksOnlyForWhatIsThere() throws IOException {
        // counters that have labels are not there before somebody has counted
        oneUser(1);
        Exposition metrics = web.metrics();
        Set<String> known = metrics.families();
        metrics.families()
                .forEach(family -> Set.of("_bucket", "_sum", "_count").forEach(part -> known.add(family + part)));
        Path contrib = Suite.gatepost().home().resolve("contrib");
        assertTrue(asked(contrib.resolve("grafana-dashboard.json")).size() > 30);
        try (Stream<Path> files = Files.list(contrib)) {
            for (Path file : files.toList()) {
                Set<String> asked = asked(file);
                asked.removeAll(known);
                assertEquals(Set.of(), asked, () -> file + " asks for metrics that do not exist");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/health/live", "/health/ready"})
    void aProxyIsNotThisMachine(String path) {
        assertEquals(200, web.get(path).statusCode());
        assertEquals(403, web.get(path, "X-Forwarded-For", "127.0.0.1").statusCode());
        assertEquals(403, web.get(path, "Forwarded", "for=127.0.0.1").statusCode());
    }

    private static Set<String> asked(Path file) throws IOException {
        return METRIC.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Does all that has a label: reads, writes, is denied, goes. */
    private static void oneUser(int number) {
        String user = "crowd-" + number;
        try (StompClient client = Transport.TCP.client(Suite.gatepost())) {
            client.connect(user, user);
            client.done(ClientFrame.subscribe("1", "/queue/user." + user));
            client.done(ClientFrame.send("/queue/app.inbox", user));
            client.send(ClientFrame.send("/queue/user.nobody", user));
            client.expect("ERROR");
        }
    }

    private void awaitGrowth(Exposition before, int growth, String name, String... labels) {
        double earlier = before.counted(name, labels);
        Awaitility.await(name + " grows by " + growth)
                .until(() -> web.metrics().counted(name, labels) - earlier >= growth);
    }
}
