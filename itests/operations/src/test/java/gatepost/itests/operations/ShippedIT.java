package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the archive, and what lies beside it. */
@ExtendWith(Suite.class)
class ShippedIT {

    private static final String SSH = "org.apache.karaf.shell.cfg";

    /** What nothing needs, what nothing should use, and what has known holes. */
    private static final Pattern UNWANTED =
            Pattern.compile("(?i).*(logback|org\\.eclipse\\.osgi|groovy|webconsole|felix\\.inventory"
                    + "|blueprint|jaxb-api-2|sshd-(scp|sftp)|shell\\.ssh|pax-web-[^f]|http\\.jetty12|sshd-[a-z]+-2\\.1[0-8]\\."
                    + "|jdk18on-1\\.(7\\d|8[0-4])|activemq-(stomp|jdbc)).*");

    /** The same, where it would be copied into another jar. */
    private static final Pattern UNWANTED_CLASS =
            Pattern.compile("(ch/qos/logback|groovy/lang|org/apache/sshd/(scp|sftp)/server"
                    + "|org/apache/activemq/(transport/stomp|transport/xstream|store/jdbc)|org/apache/felix/webconsole|org/osgi/service/blueprint"
                    + ")/.*\\.class");

    private final Path archive = Path.of(System.getProperty("gatepost.distribution"))
            .toAbsolutePath()
            .normalize();

    @Test
    void whatNothingNeedsIsNotThere() throws IOException {
        assertEquals(
                List.of(),
                jars().keySet().stream()
                        .filter(jar -> UNWANTED.matcher(jar).matches())
                        .toList());
    }

    @Test
    void norIsItCopiedIntoWhatIsThere() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (ShippedJar jar : jars().values()) {
            jar.files().stream()
                    .filter(file -> UNWANTED_CLASS.matcher(file).matches())
                    .forEach(file -> found.put(jar.path(), file));
        }
        assertEquals(Map.of(), found);
    }

    @Test
    void nothingIsMissed() {
        List<String> missed = Suite.gatepost()
                .log()
                .lines()
                .filter(line -> line.contains("Error resolving")
                        || line.contains("Error downloading")
                        || line.contains("Unable to resolve")
                        || line.contains("NoClassDefFoundError"))
                .toList();
        assertEquals(List.of(), missed);
        Awaitility.await("the last bundles start after the connectors")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertEquals(List.of(), inactiveBundles()));
    }

    private static List<String> inactiveBundles() {
        List<String> bundles = Suite.gatepost()
                .shell("bundle:list -t 0 --no-format")
                .lines()
                .filter(line -> line.contains("\t"))
                .toList();
        assertTrue(bundles.size() > 50, bundles::toString);
        return bundles.stream()
                .filter(line -> !line.matches(".*\\tActive\\s.*")
                        && !line.contains("Karaf :: Features :: Extension")
                        && !line.contains("Gatepost :: Logs that are renamed"))
                .toList();
    }

    @Test
    void sshHasNoFilesWhateverItsConfigurationSays() {
        String before = Suite.gatepost()
                .awaitLog(
                        "WARN .*sftpEnabled = true .* is not followed",
                        () -> Suite.gatepost().configure(SSH, Map.of("sftpEnabled", "true")));
        try {
            assertTrue(before.contains("no SFTP and no SCP"), before);
            assertTrue(Suite.gatepost().shell("gatepost:status").contains("Version"), "the shell is there as before");
        } finally {
            Suite.gatepost().configure(SSH, Map.of("sftpEnabled", "false"));
        }
    }

    /** Or two builds of one commit would differ. */
    @Test
    void nothingSaysWhenItWasBuilt() throws IOException {
        String text = Files.readString(Suite.gatepost().home().resolve("etc.dist/org.apache.karaf.features.cfg"));
        assertFalse(
                Pattern.compile("(?m)^#[A-Z][a-z]{2} [A-Z][a-z]{2} ")
                        .matcher(text)
                        .find(),
                text);
    }

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".zip", ".cdx.json", "_all.deb"})
    void theSumBesideAFileIsItsSum(String ending) throws Exception {
        Path file = beside(ending);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        assertEquals(
                HexFormat.of().formatHex(sum) + " *" + file.getFileName(),
                Files.readString(beside(ending + ".sha256"), StandardCharsets.UTF_8)
                        .strip());
    }

    private Path beside(String ending) {
        String name = archive.getFileName().toString().replace(".tar.gz", ending);
        return archive.resolveSibling(ending.contains(".deb") ? name.replaceFirst("-", "_") : name);
    }

    private static Map<String, ShippedJar> jars() throws IOException {
        return ShippedJar.allOf(Suite.gatepost().home());
    }
}
