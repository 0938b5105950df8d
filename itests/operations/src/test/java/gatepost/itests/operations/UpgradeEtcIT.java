package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/upgrade-etc}, and so each start, does with {@code etc}, on versions that have a few files. */
class UpgradeEtcIT {

    private static final Path SCRIPT =
            Path.of("..", "..", "karaf-assembly", "src", "main", "distribution", "bin", "upgrade-etc");

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void theFirstVersion() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(SCRIPT, home.resolve("bin/upgrade-etc"));
        ship("a.cfg", "a = 1");
        ship("b.cfg", "b = 1");
        ship("routes/r.md", "routes");
    }

    @Test
    void theFirstStartFillsEtcForItsOwnerOnly() throws IOException {
        assertEquals("", start());
        assertEquals(List.of(".shipped", "a.cfg", "b.cfg", "routes/r.md"), files());
        for (String file : files()) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(etc(file))), file);
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(etc("routes"))));
    }

    @Test
    void aStartOfTheSameVersionWritesNothing() throws IOException {
        start();
        Files.createDirectories(home.resolve("data/cache"));
        Object before = Files.getAttribute(etc(".shipped"), "unix:ctime");
        assertEquals("", start());
        assertEquals(before, Files.getAttribute(etc(".shipped"), "unix:ctime"));
        assertTrue(Files.exists(home.resolve("data/cache")));
    }

    @Test
    void whatIsRemovedDoesNotComeBack() throws IOException {
        start();
        Files.delete(etc("a.cfg"));
        start();
        assertFalse(Files.exists(etc("a.cfg")));

        ship("b.cfg", "b = 2");
        start();
        assertFalse(Files.exists(etc("a.cfg")), "nor with a new version");

        ship("a.cfg", "a = 2");
        start();
        assertEquals(List.of(".shipped", "b.cfg", "routes/r.md"), files(), "nor with one that has changed it");
    }

    @Test
    void aNewVersionResetsNothing() throws IOException {
        start();
        Files.writeString(etc("a.cfg"), "a = mine");
        Files.writeString(etc("mine.cfg"), "mine = 1");
        ship("b.cfg", "b = 2");
        ship("c.cfg", "c = 1");
        unship("routes/r.md");
        Files.createDirectories(home.resolve("data/cache"));

        assertEquals("", start());

        assertEquals(List.of(".shipped", "a.cfg", "b.cfg", "c.cfg", "mine.cfg"), files());
        assertEquals("a = mine", text("a.cfg"));
        assertEquals("b = 2", text("b.cfg"), "nobody had changed it");
        assertFalse(Files.exists(home.resolve("data/cache")), "it holds the bundles of the old version");
    }

    @Test
    void whatBothHaveChangedIsNamedAndPutBeside() throws IOException {
        start();
        Files.writeString(etc("a.cfg"), "a = mine");
        Files.writeString(etc("c.cfg"), "c = mine");
        Files.writeString(etc("routes/r.md"), "mine");
        ship("a.cfg", "a = 2");
        ship("c.cfg", "c = 1");
        unship("routes/r.md");

        List<String> said = start().lines().map(line -> line.split(":")[0]).toList();

        assertEquals(List.of("etc/a.cfg", "etc/c.cfg", "etc/routes/r.md"), said);
        assertEquals("a = mine c = mine mine", text("a.cfg") + " " + text("c.cfg") + " " + text("routes/r.md"));
        assertEquals("a = 2 c = 1", text("a.cfg.new") + " " + text("c.cfg.new"));
        assertEquals("", start(), "once");
    }

    @Test
    void aFileThatWasMadeTheNewVersionsIsReplacedByTheNext() throws IOException {
        start();
        Files.writeString(etc("a.cfg"), "a = mine");
        ship("a.cfg", "a = 2");
        start();
        Files.move(etc("a.cfg.new"), etc("a.cfg"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        ship("a.cfg", "a = 3");
        assertEquals("", start());
        assertEquals("a = 3", text("a.cfg"));
    }

    @Test
    void aLinkIsTheOperatorsWhateverItLeadsTo() throws IOException {
        start();
        Path elsewhere = Files.move(etc("a.cfg"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(etc("a.cfg"), elsewhere);
        ship("a.cfg", "a = 2");
        start();
        assertTrue(Files.isSymbolicLink(etc("a.cfg")));
        assertEquals("a = 1 a = 2", text("a.cfg") + " " + text("a.cfg.new"));
    }

    @Test
    void whatWasThereBeforeTheFirstStartIsKept() throws IOException {
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc("a.cfg"), "a = mine");
        assertTrue(start().startsWith("etc/a.cfg: it was there"));
        assertEquals(List.of(".shipped", "a.cfg", "b.cfg", "routes/r.md"), files());
        assertEquals("a = mine", text("a.cfg"));
    }

    @Test
    void oneThatWasCutShortIsGoneOnWith() throws IOException {
        start();
        String record = text(".shipped");
        ship("a.cfg", "a = 2");
        ship("b.cfg", "b = 2");
        start();
        Files.writeString(etc(".shipped"), record);
        Files.writeString(etc("b.cfg"), "b = 1");
        assertEquals("", start());
        assertEquals("a = 2 b = 2", text("a.cfg") + " " + text("b.cfg"));
    }

    /** From the time when an archive had {@code etc}, and operators copied it. */
    @Test
    void anEtcWithoutARecordIsComparedWithWhatItCameFrom() throws IOException {
        Path old = Files.createDirectories(folder.resolve("old/etc"));
        Files.createDirectories(home.resolve("etc"));
        for (Path etc : List.of(old, home.resolve("etc"))) {
            Files.writeString(etc.resolve("a.cfg"), "a = 0");
            Files.writeString(etc.resolve("b.cfg"), "b = 0");
        }
        Files.writeString(etc("b.cfg"), "b = mine");
        String said = upgrade(Map.of(), old.getParent().toString());
        assertTrue(said.startsWith("etc/b.cfg: yours is in force"), said);
        assertEquals("a = 1 b = mine b = 1", text("a.cfg") + " " + text("b.cfg") + " " + text("b.cfg.new"));
    }

    @Test
    void etcAndDataMayBeElsewhere() throws IOException {
        Path base = Files.createDirectories(folder.resolve("base"));
        upgrade(Map.of("KARAF_BASE", base.toString()));
        assertTrue(Files.exists(base.resolve("etc/a.cfg")));
        Path other = folder.resolve("other/etc");
        upgrade(Map.of("KARAF_BASE", base.toString(), "KARAF_ETC", other.toString(), "GATEPOST_UMASK", "027"));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(other.resolve("a.cfg"))));
        assertFalse(Files.exists(home.resolve("etc")));
    }

    @Test
    void anEtcThatCannotBeWrittenIsLeftAndWhatIsMissingIsNamed() throws IOException {
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc.resolve("a.cfg"), "a = mine");
        boolean root = "root".equals(System.getProperty("user.name"));
        String[] nobody = root
                ? new String[] {"setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"}
                : new String[0];
        if (root) {
            Command.run(folder, Map.of(), "chmod", "755", folder.toString());
        } else {
            Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        String said = Command.run(
                home,
                Map.of(),
                Stream.concat(Stream.of(nobody), Stream.of("sh", "bin/upgrade-etc"))
                        .toArray(String[]::new));
        if (!root) {
            Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertEquals(2, said.lines().count(), said);
        assertTrue(said.lines().allMatch(line -> line.contains("cannot be written")), said);
        assertTrue(said.contains("/etc/b.cfg: it ships") && said.contains("/etc/routes/r.md: it ships"), said);
        assertEquals(List.of("a.cfg"), files());
    }

    @Test
    void theCacheIsNotTakenFromAGatepostThatRuns() throws Exception {
        start();
        Process running = new ProcessBuilder("sh", "-c", "sleep 60; : org.apache.karaf.main.Main").start();
        try {
            Files.createDirectories(home.resolve("instances"));
            Files.writeString(home.resolve("instances/instance.properties"), "item.0.pid = " + running.pid() + "\n");
            assertEquals("", start());
            ship("a.cfg", "a = 2");
            AssertionError refused = assertThrows(AssertionError.class, this::start);
            assertTrue(refused.getMessage().contains("stop it first"), refused.getMessage());
            assertEquals("a = 1", text("a.cfg"));
        } finally {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().waitFor();
        }
        start();
        assertEquals("a = 2", text("a.cfg"));
    }

    private void ship(String file, String text) throws IOException {
        Path shipped = home.resolve("etc.dist").resolve(file);
        Files.createDirectories(shipped.getParent());
        Files.writeString(shipped, text);
    }

    private void unship(String file) throws IOException {
        Files.delete(home.resolve("etc.dist").resolve(file));
    }

    private String start() {
        return upgrade(Map.of());
    }

    private String upgrade(Map<String, String> environment, String... old) {
        return Command.run(
                home,
                environment,
                Stream.concat(Stream.of("sh", "bin/upgrade-etc"), Stream.of(old))
                        .toArray(String[]::new));
    }

    private Path etc(String file) {
        return home.resolve("etc").resolve(file);
    }

    private String text(String file) throws IOException {
        return Files.readString(etc(file));
    }

    private List<String> files() throws IOException {
        Path etc = home.resolve("etc");
        try (Stream<Path> files = Files.walk(etc)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> etc.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
