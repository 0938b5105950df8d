package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatepost.itests.harness.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Files for programs that are not here (Docker, Traefik): that they say what those say that are run. */
class DeploymentFilesTest {

    private static final Path CONTAINER = Suite.ROOT.resolve("container");
    private static final Path CONTRIB = Suite.ROOT.resolve("karaf-assembly/src/main/distribution/contrib");

    @Test
    void composeRunsTheImageAsItsDockerfileAndTheUnitSay() throws IOException {
        JsonNode service = yaml(CONTAINER.resolve("compose.yaml")).at("/services/gatepost");
        String dockerfile = Guide.read(CONTAINER.resolve("Dockerfile"));
        String unit = Guide.read(CONTRIB.resolve("gatepost.service"));

        assertTrue(Files.exists(CONTAINER
                .resolve(service.at("/build/context").asText())
                .resolve(service.at("/build/dockerfile").asText())));
        assertTrue(service.get("read_only").asBoolean());
        assertEquals(List.of("ALL"), texts(service.get("cap_drop")));
        assertEquals(List.of("data:" + found(dockerfile, "(?m)^VOLUME (.*)$")), texts(service.get("volumes")));
        // the port for probes is for the node's own network, where there is one
        assertEquals(
                Stream.of(found(dockerfile, "(?m)^EXPOSE (.*)$").split(" "))
                        .filter(port -> !port.equals("8182"))
                        .toList(),
                texts(service.get("ports")).stream()
                        .map(port -> port.replaceFirst("127\\.0\\.0\\.1:(\\d+):\\1", "$1"))
                        .toList());
        assertEquals(
                found(unit, "TimeoutStopSec=(\\d+)") + "s",
                service.get("stop_grace_period").asText());
        assertEquals(
                found(unit, "LimitNOFILE=(\\d+)"), service.at("/ulimits/nofile").asText());
    }

    @Test
    void nginxInComposeHasTheConfigurationThatShipsAndWhatItNames() throws IOException {
        JsonNode nginx = yaml(CONTAINER.resolve("compose.tls.yaml")).at("/services/nginx");
        String configuration = Guide.read(CONTRIB.resolve("nginx.conf"));
        assertEquals("service:gatepost", nginx.get("network_mode").asText(), "or it does not come from loopback");
        Set<String> mounted = new TreeSet<>();
        for (String volume : texts(nginx.get("volumes"))) {
            String[] parts = volume.split(":");
            assertEquals("ro", parts[2]);
            mounted.add(parts[1]);
            if (!parts[0].startsWith("./tls/")) {
                assertTrue(Files.isSameFile(CONTAINER.resolve(parts[0]), CONTRIB.resolve("nginx.conf")), parts[0]);
            }
        }
        assertEquals(
                new TreeSet<>(Set.of(
                        "/etc/nginx/conf.d/default.conf",
                        found(configuration, "ssl_certificate +(\\S+);"),
                        found(configuration, "ssl_certificate_key +(\\S+);"))),
                mounted);
    }

    /** Traefik itself is not to be had where the tests run. */
    @Test
    void traefikPassesOnWhatTheProxiesDoThatAreRun() throws IOException {
        JsonNode traefik = yaml(CONTRIB.resolve("traefik.yml"));
        String nginx = Guide.read(CONTRIB.resolve("nginx.conf"));
        String haproxy = Guide.read(CONTRIB.resolve("haproxy.cfg"));
        JsonNode router = traefik.at("/http/routers/gatepost");
        JsonNode backend =
                traefik.at("/http/services").get(router.get("service").asText()).get("loadBalancer");

        assertEquals(
                "Host(`" + found(nginx, "server_name (\\S+);") + "`) && (Path(`/stomp`) || PathPrefix(`/gatepost/`))",
                router.get("rule").asText());
        assertTrue(nginx.contains("location = /stomp {") && nginx.contains("location /gatepost/ {"));
        assertTrue(haproxy.contains("{ path /stomp } || { path_beg /gatepost/ }"));
        assertTrue(router.has("tls"));
        assertTrue(backend.get("passHostHeader").asBoolean());
        assertEquals(
                found(nginx, "proxy_pass (\\S+);"), backend.at("/servers/0/url").asText());
        JsonNode transport = traefik.at("/http/serversTransports")
                .get(backend.get("serversTransport").asText());
        assertEquals(
                found(haproxy, "timeout http-keep-alive (\\S+)"),
                transport.at("/forwardingTimeouts/idleConnTimeout").asText());
        assertEquals(List.of("http", "tls"), names(traefik));
        assertEquals(List.of("routers", "services", "serversTransports"), names(traefik.get("http")));
    }

    @Test
    void logrotateHasTheLogsThatThereAre() {
        String logging = Guide.read(Suite.ROOT.resolve("etc/org.ops4j.pax.logging.cfg"));
        assertEquals(
                all(logging, "fileName = \\$\\{karaf\\.log}/(\\S+)"),
                all(Guide.read(CONTRIB.resolve("logrotate")), "(?m)^/var/lib/gatepost/data/log/(\\S+)$"));
    }

    /** GitHub is not here: that the file says what it may say, and runs what there is. */
    @Test
    void theWorkflowRunsTheTestsWithPinnedActionsAndMayOnlyRead() throws IOException {
        Path file = Suite.ROOT.resolve(".github/workflows/test.yml");
        JsonNode workflow = yaml(file);
        assertEquals(List.of("name", "on", "permissions", "concurrency", "jobs"), names(workflow));
        assertEquals("{\"contents\":\"read\"}", workflow.get("permissions").toString());
        JsonNode job = workflow.at("/jobs/test");
        assertEquals(60, job.get("timeout-minutes").asInt());
        Set<String> scripts = new TreeSet<>();
        for (JsonNode step : job.get("steps")) {
            assertTrue(step.has("uses") != step.has("run"), step::toString);
            if (step.has("uses")) {
                String action = step.get("uses").asText();
                assertTrue(action.matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}"), action);
            } else if (step.get("run").asText().matches("[./\\w-]+")) {
                scripts.add(step.get("run").asText());
            }
        }
        assertEquals(Set.of(".ci/run"), scripts);
        assertTrue(Files.isExecutable(Suite.ROOT.resolve(".ci/run")));
        assertTrue(Guide.read(Suite.ROOT.resolve(".ci/run")).contains("/../test\""));
        assertTrue(Files.isExecutable(Suite.ROOT.resolve("test")));
        // no registry is named: clients use what the machine has been told
        assertEquals(Set.of(), all(Guide.read(file), "(\\w+\\.(?:com|org|io|net|dev))\\b"));
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new ObjectMapper()
                .readTree(Command.run(
                        file.getParent(),
                        Map.of(),
                        "ruby",
                        "-ryaml",
                        "-rjson",
                        "-e",
                        "print JSON.dump(YAML.safe_load(File.read(ARGV[0])))",
                        file.toString()));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new java.util.ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String found(String text, String expression) {
        Matcher matcher = Pattern.compile(expression).matcher(text);
        assertTrue(matcher.find(), expression);
        return matcher.group(1);
    }

    private static Set<String> all(String text, String expression) {
        Set<String> all = new TreeSet<>();
        Pattern.compile(expression).matcher(text).results().forEach(found -> all.add(found.group(1)));
        return all;
    }
}
