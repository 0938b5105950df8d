package gatepost.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.Configuration.ConfigurationAttribute;
import org.osgi.service.cm.ConfigurationAdmin;

/** One file, a Config Admin with its configuration, and a reader that keeps the text as its value. */
class EtcWatchTest {

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    private Path etc;

    private final LoggingConfigurationReports reports = new LoggingConfigurationReports();
    private final List<String> read = new ArrayList<>();
    private final Set<ConfigurationAttribute> attributes = EnumSet.noneOf(ConfigurationAttribute.class);
    private String value;
    private long changes;
    private int given;
    private boolean deleted;
    private EtcWatch watch;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        file = etc.resolve("gatepost.test-one.cfg");
        watch = new EtcWatch(etc, admin(), reports);
        watch.addInstaller(new Reader());
    }

    @Test
    void aChangeIsReadOnceItHasSettled() throws IOException {
        Files.writeString(file, "a = 1");
        watch.look();
        Files.writeString(file, "a = 12");
        watch.look();
        assertEquals(List.of(), read);
        watch.look();
        watch.look();
        assertEquals(List.of("a = 12"), read);
    }

    @Test
    void aLinkThatIsSwitchedToAFileOfTheSameSizeAndTimeIsRead() throws IOException {
        Path one = Files.writeString(Files.createDirectory(etc.resolve("..one")).resolve("f"), "a = 1");
        Path two = Files.writeString(Files.createDirectory(etc.resolve("..two")).resolve("f"), "a = 2");
        Files.setLastModifiedTime(one, TIME);
        Files.setLastModifiedTime(two, TIME);
        Files.createSymbolicLink(etc.resolve("..data"), one.getParent().getFileName());
        Files.createSymbolicLink(file, Path.of("..data", "f"));
        settle();
        Path next =
                Files.createSymbolicLink(etc.resolve("..next"), two.getParent().getFileName());
        Files.move(next, etc.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        settle();
        assertEquals(List.of("a = 1", "a = 2"), read);
    }

    @Test
    void anEditInPlaceThatKeepsSizeAndTimeIsRead() throws IOException {
        Files.writeString(file, "a = 1");
        Files.setLastModifiedTime(file, TIME);
        settle();
        tick();
        Files.writeString(file, "a = 2");
        Files.setLastModifiedTime(file, TIME);
        settle();
        assertEquals(List.of("a = 1", "a = 2"), read);
    }

    @Test
    void aFileThatItsReaderCannotReadIsReportedAndTriedAgainUntilItIsGone() throws IOException {
        Files.writeString(file, "a = \\users");
        settle();
        settle();
        ConfigurationReport report = reports.all().get(0);
        assertEquals("gatepost.test~one", report.pid());
        assertEquals(
                "etc/gatepost.test-one.cfg: a = \\users: expected four hexadecimal digits after \\u in line 1; a backslash "
                        + "itself is written \\\\",
                report.problems().get(0).toString());
        assertTrue(read.size() > 1, "tried again");
        Files.delete(file);
        watch.look();
        assertEquals(List.of(), reports.all());
    }

    @Test
    void aFileThatIsMendedToTheValuesInForceIsGivenToItsBundleAgain() throws IOException {
        Files.writeString(file, "a = 1");
        settle();
        Files.writeString(file, "a = \\users");
        settle();
        assertEquals(0, given);
        Files.writeString(file, "a = 1");
        settle();
        assertEquals(1, given);
    }

    @Test
    void aChangeOfWhatIsWrongInACommentIsGivenToItsBundleThoughNoValueHasChanged() throws IOException {
        Files.writeString(file, "a = 1\n# a comment");
        settle();
        Files.write(file, new byte[] {'a', ' ', '=', ' ', '1', '\n', '#', (byte) 0xfc});
        value = Files.readString(file, StandardCharsets.ISO_8859_1);
        settle();
        assertEquals(1, given);
        settle();
        assertEquals(1, given);
    }

    @Test
    void aReadOnlyConfigurationIsGivenAgainAndStaysReadOnly() throws IOException {
        attributes.add(ConfigurationAttribute.READ_ONLY);
        aFileThatIsMendedToTheValuesInForceIsGivenToItsBundleAgain();
        assertEquals(Set.of(ConfigurationAttribute.READ_ONLY), attributes);
    }

    @Test
    void whatWaitsForAFileIsGivenToItsBundleAgainWhenThatComes() throws IOException {
        Files.writeString(file, "a = 1");
        settle();
        Path key = etc.resolve("key.pem");
        reports.refused(
                "gatepost.test~one",
                "etc/gatepost.test-one.cfg",
                List.of(new Problem("etc/gatepost.test-one.cfg", "a", "1", "there is no such file", List.of(key))));
        settle();
        assertEquals(0, given);
        Files.writeString(key, "the key");
        settle();
        assertEquals(1, given);
    }

    @Test
    void otherFilesAreLeftAlone() throws IOException {
        Files.writeString(etc.resolve("org.apache.karaf.log.cfg"), "a = \\users");
        Files.writeString(etc.resolve("gatepost.users.properties"), "a = b");
        settle();
        assertEquals(List.of(), read);
        assertFalse(reports.all().iterator().hasNext());
    }

    @Test
    void aFileThatIsGoneBeforeFileinstallHasSeenItLeavesNothing() throws IOException {
        Files.writeString(file, "a = 1");
        settle();
        Files.delete(file);
        watch.look();
        assertFalse(deleted, "it may be on its way from one name to another");
        watch.look();
        assertTrue(deleted);
    }

    @Test
    void aFileThatComesBackAtOnceStays() throws IOException {
        Files.writeString(file, "a = 1");
        settle();
        Files.delete(file);
        watch.look();
        Files.writeString(file, "a = 2");
        settle();
        assertFalse(deleted);
        assertEquals(List.of("a = 1", "a = 2"), read);
    }

    /** The file system's clock moves only some hundred times a second, and a test is quicker. */
    private void tick() throws IOException {
        Path other = etc.resolve("other");
        do {
            Files.writeString(other, "x");
        } while (Files.getAttribute(other, "unix:ctime").equals(Files.getAttribute(file, "unix:ctime")));
    }

    private void settle() {
        watch.look();
        watch.look();
    }

    private ConfigurationAdmin admin() {
        Configuration configuration = (Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Configuration.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getChangeCount" -> changes;
                    case "getAttributes" -> attributes;
                    case "removeAttributes" -> attributes.remove(ConfigurationAttribute.READ_ONLY);
                    case "addAttributes" -> attributes.add(ConfigurationAttribute.READ_ONLY);
                    case "getProperties" -> new Hashtable<String, Object>();
                    case "delete" -> {
                        deleted = true;
                        yield null;
                    }
                    case "update" -> {
                        assertFalse(attributes.contains(ConfigurationAttribute.READ_ONLY));
                        given++;
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.toString());
                });
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConfigurationAdmin.class}, (proxy, method, arguments) ->
                        new Configuration[] {configuration});
    }

    private final class Reader implements ArtifactInstaller {

        @Override
        public boolean canHandle(File artifact) {
            return artifact.getName().endsWith(".cfg");
        }

        @Override
        public void install(File artifact) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void update(File artifact) throws Exception {
            String text = Files.readString(artifact.toPath(), StandardCharsets.ISO_8859_1);
            read.add(text);
            if (text.contains("\\u")) {
                throw new IllegalArgumentException("no number");
            }
            changes += text.equals(value) ? 0 : 1;
            value = text;
        }

        @Override
        public void uninstall(File artifact) {
            throw new UnsupportedOperationException();
        }
    }
}
