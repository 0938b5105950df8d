package gatepost.console.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.console.web.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtcFilesTest {

    private static final String NAME = "gatepost.thing.cfg";

    @TempDir
    private Path folder;

    private Path etc;
    private EtcFiles files;

    @BeforeEach
    void put() throws IOException {
        etc = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(etc.resolve(NAME), "size = 1\n");
        Files.writeString(etc.resolve("users.properties"), "admin = secret");
        Files.writeString(etc.resolve("gatepost.users.properties"), "alice = secret");
        Files.writeString(folder.resolve("gatepost.outside.cfg"), "secret = 1");
        Files.createDirectory(etc.resolve("gatepost.folder.cfg"));
        files = new EtcFiles(etc);
    }

    private int status(String name) {
        return assertThrows(Refused.class, () -> files.read(name)).status();
    }

    private Refused refusal(String version) {
        return assertThrows(Refused.class, () -> files.replace(NAME, version, "size = 2\n"));
    }

    private void assertNothingElseIsLeft() throws IOException {
        try (Stream<Path> all = Files.list(etc)) {
            assertEquals(4, all.count());
        }
    }

    @Test
    void onlyFilesOfGatepostsConfigurationsAreThere() throws IOException {
        assertEquals(Set.of(NAME), files.names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users.properties",
                "gatepost.users.properties",
                "../gatepost.outside.cfg",
                "gatepost.x/../../gatepost.outside.cfg",
                "./gatepost.thing.cfg",
                "gatepost.thing.cfg/",
                "gatepost.thing.cfg\0",
                "gatepost.folder.cfg",
                "gatepost.nothing.cfg",
                "/etc/passwd",
                "..",
                ""
            })
    void aNameThatIsNoneOfThoseIsNoFile(String name) throws IOException {
        assertEquals(404, status(name));
        Refused refused = assertThrows(Refused.class, () -> files.replace(name, "", "size = 2"));
        assertEquals(404, refused.status());
        assertEquals("secret = 1", Files.readString(folder.resolve("gatepost.outside.cfg")));
    }

    @Test
    void aFileIsReplacedAsAWholeAndKeepsItsMode() throws Exception {
        Files.setPosixFilePermissions(etc.resolve(NAME), PosixFilePermissions.fromString("rw-r-----"));
        EtcFiles.Content before = files.read(NAME);
        Object inode = Files.getAttribute(etc.resolve(NAME), "unix:ino");
        String version = files.replace(NAME, before.version(), "size = 2 # ü\n");
        assertEquals("size = 2 # ü\n", Files.readString(etc.resolve(NAME)));
        assertEquals(version, files.read(NAME).version());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(etc.resolve(NAME))));
        assertTrue(!inode.equals(Files.getAttribute(etc.resolve(NAME), "unix:ino")), "another file took its place");
        assertNothingElseIsLeft();
    }

    @Test
    void theOwnerStaysWhereThatIsPossible() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue("root".equals(System.getProperty("user.name")));
        Files.setAttribute(etc.resolve(NAME), "unix:uid", 65534);
        Files.setAttribute(etc.resolve(NAME), "unix:gid", 65534);
        files.replace(NAME, files.read(NAME).version(), "size = 2\n");
        assertEquals(65534, Files.getAttribute(etc.resolve(NAME), "unix:uid"));
        assertEquals(65534, Files.getAttribute(etc.resolve(NAME), "unix:gid"));
    }

    @Test
    void whatSomebodyElseHasChangedMeanwhileIsNotWrittenOver() throws Exception {
        String version = files.read(NAME).version();
        Files.writeString(etc.resolve(NAME), "size = 9\n");
        assertEquals(409, refusal(version).status());
        assertEquals("size = 9\n", Files.readString(etc.resolve(NAME)));
        assertNothingElseIsLeft();
    }

    @Test
    void aLinkStaysOne() throws Exception {
        String version = files.read(NAME).version();
        Path target = folder.resolve("target");
        Files.move(etc.resolve(NAME), target);
        Files.createSymbolicLink(etc.resolve(NAME), target);
        assertTrue(refusal(version).getMessage().contains("is a link"));
        Files.delete(etc.resolve(NAME));
        Files.createLink(etc.resolve(NAME), target);
        assertTrue(refusal(version).getMessage().contains("is a link"));
        assertEquals("size = 1\n", Files.readString(target));
        assertNothingElseIsLeft();
    }

    @Test
    void whatIsTooLargeOrNoTextIsLeftToAnEditor() throws Exception {
        Files.write(etc.resolve(NAME), "name = \u00fc".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(409, status(NAME));
        Files.writeString(etc.resolve(NAME), "#".repeat(EtcFiles.LARGEST + 1));
        assertEquals(409, status(NAME));
        Files.writeString(etc.resolve(NAME), "size = 1\n");
        String version = files.read(NAME).version();
        assertEquals(
                413,
                assertThrows(Refused.class, () -> files.replace(NAME, version, "#".repeat(EtcFiles.LARGEST + 1)))
                        .status());
    }
}
