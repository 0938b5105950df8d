package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code release/release} in a clone of this repository, with the Java part that was built before. */
class ReleaseIT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("gatepost.distribution"))
            .toAbsolutePath()
            .normalize();
    private static final String VERSION = DISTRIBUTION.getFileName().toString().replaceAll("gatepost-|\\.tar\\.gz", "");

    @TempDir
    private Path folder;

    private Path clone;
    private Path made;

    @BeforeEach
    void aCloneInWhichTheVersionHasASection() throws IOException {
        Assumptions.assumeTrue(Files.exists(Suite.ROOT.resolve(".git")), "this is no clone");
        clone = folder.resolve("clone");
        made = folder.resolve("made");
        run(folder, "git", "clone", "-q", Suite.ROOT.toString(), clone.toString());
        // as it is here, committed or not
        run(folder, "cp", "-r", Suite.ROOT.resolve("release").toString(), clone.toString());
        link(DISTRIBUTION.getParent(), "karaf-assembly/target");
        link(Path.of(System.getProperty("gatepost.kar")).getParent(), "karaf-kar/target");
        Path changes = clone.resolve("CHANGELOG.md");
        Files.writeString(
                changes,
                "# Changelog\n\n## Unreleased\n\n- later\n\n## %s - 2026-11-29\n\n### Added\n\n- this\n\n## 0.0.9\n\n- earlier\n"
                        .formatted(VERSION));
        commit();
    }

    @Test
    void itHasEverythingWithSumsAndNotes() throws IOException {
        release(VERSION);
        assertEquals(
                List.of(
                        "SHA256SUMS",
                        "gatepost-" + VERSION + ".cdx.json",
                        "gatepost-" + VERSION + ".gem",
                        "gatepost-" + VERSION + ".kar",
                        "gatepost-" + VERSION + ".tar.gz",
                        "gatepost-" + VERSION + ".zip",
                        "gatepost-npm-" + VERSION + ".tgz",
                        "gatepost_" + VERSION + "_all.deb",
                        "notes.md"),
                files());
        assertEquals("### Added\n\n- this\n\n", Files.readString(made.resolve("notes.md")));
        assertEquals(
                8,
                run(made, "sha256sum", "-c", "SHA256SUMS")
                        .lines()
                        .filter(line -> line.endsWith(": OK"))
                        .count());
        assertTrue(run(made, "tar", "-tzf", "gatepost-npm-" + VERSION + ".tgz").contains("package/src/index.js"));
        assertTrue(run(made, "tar", "-tf", "gatepost-" + VERSION + ".gem").contains("data.tar.gz"));
        assertEquals("", run(clone, "git", "status", "--porcelain"), "it leaves nothing");
        assertRefused("has something in it", VERSION);
    }

    @Test
    void whatIsNotCommittedIsRefused() throws IOException {
        Files.writeString(clone.resolve("new"), "");
        assertRefused("not committed", VERSION);
    }

    @Test
    void aVersionWithoutASectionIsRefused() {
        assertRefused("no section ## 0.0.8", "0.0.8");
        assertRefused("is no version", "next");
    }

    @Test
    void aVersionThatIsNotEverywhereTheSameIsRefused() throws IOException {
        for (String file : List.of(
                "pom.xml",
                "clients/javascript/package.json",
                "clients/javascript/package-lock.json",
                "clients/ruby/lib/gatepost/version.rb",
                "container/Dockerfile")) {
            Path other = clone.resolve(file);
            String text = Files.readString(other);
            Files.writeString(other, text.replaceFirst(VERSION.replace(".", "\\."), "0.1.9"));
            commit();
            assertRefused(file + " has the version 0.1.9", VERSION);
            Files.writeString(other, text);
        }
        assertRefused("pom.xml has the version " + VERSION + ", and not 0.0.9", () -> commit(), "0.0.9");
    }

    private void assertRefused(String why, String version) {
        assertRefused(why, () -> {}, version);
    }

    private void assertRefused(String why, Runnable first, String version) {
        first.run();
        List<String> before = files();
        AssertionError refused = assertThrows(AssertionError.class, () -> release(version));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals(before, files());
    }

    private void release(String version) {
        run(clone, "release/release", version, "--built", "--into", made.toString());
    }

    private void commit() {
        run(clone, "git", "add", "-A");
        run(clone, "git", "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q", "-m", "test");
    }

    private void link(Path built, String place) throws IOException {
        Path link = clone.resolve(place);
        Files.createSymbolicLink(link, built.toAbsolutePath().normalize());
        assertFalse(Files.isRegularFile(link));
    }

    private List<String> files() {
        if (!Files.exists(made)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(made)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String run(Path place, String... command) {
        return Command.run(place, Map.of(), command);
    }
}
