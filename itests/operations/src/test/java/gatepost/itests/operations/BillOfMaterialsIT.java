package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.library.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The CycloneDX document beside the archive, held against the archive. */
@ExtendWith(Suite.class)
class BillOfMaterialsIT {

    /** Whose classes are in our bundles, and under which group they have to be listed there. */
    private static final Map<String, String> OWNERS = new TreeMap<>(Map.of(
            "com/nimbusds/", "com.nimbusds",
            "io/netty/", "io.netty",
            "io/prometheus/", "io.prometheus",
            "org/apache/activemq/", "org.apache.activemq",
            "org/apache/felix/", "org.apache.felix",
            "org/apache/karaf/", "org.apache.karaf.shell",
            "org/eclipse/jetty/", "org.eclipse.jetty",
            // what is in Felix's HTTP service
            "org/osgi/service/", "org.apache.felix"));

    private static Path file;
    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        file = Path.of(System.getProperty("gatepost.distribution").replace(".tar.gz", ".cdx.json"));
        document = Json.read(Files.readString(file, StandardCharsets.UTF_8));
    }

    @Test
    void itIsValid() throws IOException {
        assertEquals(List.of(), new JsonParser().validate(file.toFile(), Version.VERSION_16));
        assertEquals("gatepost", document.at("/metadata/component/name").asText());
    }

    @Test
    void itIsTheSameWheneverOneCommitIsBuilt() {
        assertEquals("2026-11-01T00:00:00Z", document.at("/metadata/timestamp").asText());
        assertFalse(document.has("serialNumber"));
    }

    @Test
    void everyJarIsListedWithItsSumAndNothingElseIs() throws IOException {
        Map<String, String> shipped = new TreeMap<>();
        ShippedJar.allOf(Suite.gatepost().home()).forEach((path, jar) -> shipped.put(path, jar.sha256()));
        Map<String, String> listed = new TreeMap<>();
        for (JsonNode component : all(document)) {
            if (component.has("evidence")) {
                listed.put(place(component), component.at("/hashes/0/content").asText());
                assertEquals("SHA-256", component.at("/hashes/0/alg").asText());
            }
        }
        assertEquals(shipped, listed);
    }

    @Test
    void everyJarHasTheNameOfItsFile() {
        for (JsonNode component : all(document)) {
            if (component.has("evidence")) {
                String artifact = component.get("name").asText();
                String version = component.get("version").asText();
                assertTrue(place(component).endsWith("/" + artifact + "-" + version + ".jar"), component::toString);
            }
            assertTrue(
                    component
                            .get("purl")
                            .asText()
                            .equals("pkg:maven/" + component.get("group").asText() + "/"
                                    + component.get("name").asText() + "@"
                                    + component.get("version").asText()),
                    component::toString);
        }
    }

    @Test
    void whatOurBundlesHaveOfOthersIsListedInThem() throws IOException {
        Set<String> missing = new TreeSet<>();
        Map<String, ShippedJar> shipped = ShippedJar.allOf(Suite.gatepost().home());
        for (JsonNode component : document.get("components")) {
            if (component.get("group").asText().equals("gatepost")) {
                Set<String> groups = new TreeSet<>();
                all(component).forEach(inside -> groups.add(inside.get("group").asText()));
                shipped.get(place(component)).files().stream()
                        .filter(name -> name.endsWith(".class") && !name.startsWith("gatepost/"))
                        .filter(name -> !groups.contains(owner(name)))
                        .forEach(name -> missing.add(place(component) + ": " + owner(name)));
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatMattersMostIsThereByVersion() {
        Set<String> purls = new TreeSet<>();
        all(document)
                .forEach(component -> purls.add(component.get("purl").asText().replaceAll("@.*", "")));
        for (String purl : List.of(
                "pkg:maven/org.apache.logging.log4j/log4j-core",
                "pkg:maven/org.eclipse.jetty/jetty-server",
                "pkg:maven/org.apache.activemq/activemq-broker",
                "pkg:maven/io.netty/netty-codec-http",
                "pkg:maven/com.nimbusds/nimbus-jose-jwt",
                "pkg:maven/org.fusesource.stompjms/stompjms-client",
                "pkg:maven/org.webjars.npm/stomp__stompjs",
                "pkg:maven/org.apache.sshd/sshd-osgi",
                "pkg:maven/org.apache.karaf.shell/org.apache.karaf.shell.ssh",
                "pkg:maven/org.apache.camel/camel-api")) {
            assertTrue(purls.contains(purl), () -> purl + " is not in " + purls);
        }
    }

    private static String owner(String className) {
        return OWNERS.entrySet().stream()
                .filter(owner -> className.startsWith(owner.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("nobody knows of whom: " + className);
    }

    private static String place(JsonNode component) {
        return component.at("/evidence/occurrences/0/location").asText();
    }

    /** @return all components in something, and in those */
    private static List<JsonNode> all(JsonNode of) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode component : of.path("components")) {
            all.add(component);
            all.addAll(all(component));
        }
        return all;
    }
}
