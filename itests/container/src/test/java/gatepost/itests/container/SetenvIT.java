package gatepost.itests.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of Java that bin/setenv makes, given to Java itself. */
class SetenvIT {

    private static final Path SETENV =
            Path.of("..", "..", "karaf-assembly", "src", "main", "distribution", "bin", "setenv");
    private static final Pattern FLAG =
            Pattern.compile("-XX:\\+Use\\w*GC\\b|-XX:-UseAdaptiveSizePolicy|-XX:SurvivorRatio=\\d+|-Xm[sx]\\w+");
    private static final String PARALLEL = "-XX:+UseParallelGC -XX:-UseAdaptiveSizePolicy -XX:SurvivorRatio=14 ";

    @Test
    void theHeapIsOneGibibyteWithTheParallelCollector() {
        assertEquals(PARALLEL + "-Xms1g -Xmx1g", flags(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "64m,true",
        "512m,true",
        "2048M,true",
        "2g,true",
        "1G,true",
        "2100m,false",
        "3g,false",
        "12g,false",
        "4096m,false"
    })
    void aHeapOfMoreThanTwoGibibytesHasTheCollectorThatJavaChooses(String heap, boolean parallel) throws Exception {
        String sizes = "-Xms" + heap + " -Xmx" + heap;
        assertEquals(parallel ? PARALLEL + sizes : sizes, flags(Map.of("JAVA_MAX_MEM", heap)));
    }

    @Test
    void aCollectorThatTheOperatorNamesIsTaken() {
        assertEquals(
                "-Xms512m -Xmx512m -XX:+UseG1GC",
                flags(Map.of("JAVA_MAX_MEM", "512m", "EXTRA_JAVA_OPTS", "-XX:+UseG1GC")));
    }

    @Test
    void whatMerelyTunesACollectorNamesNone() {
        assertEquals(
                PARALLEL + "-Xms1g -Xmx1g",
                flags(Map.of("EXTRA_JAVA_OPTS", "-XX:+UseStringDeduplication -XX:MaxGCPauseMillis=50")));
    }

    @Test
    void theJavaInThePathIsTakenWhereItWillDo(@TempDir Path folder) throws IOException {
        Path bin = java(folder, "21");
        assertEquals(bin.getParent().toRealPath().toString(), javaHome(bin, ""));
    }

    /** As on a machine whose Java is newer than Karaf's. */
    @Test
    void anotherOfThisMachineIsTakenWhereTheOneInThePathWillNot(@TempDir Path folder) throws IOException {
        String taken = javaHome(java(folder, "25"), "");
        assertTrue(taken.isEmpty() || taken.startsWith("/usr/lib/jvm/"), taken);
    }

    @Test
    void theJavaThatTheOperatorNamesIsTaken(@TempDir Path folder) throws IOException {
        assertEquals("/opt/java", javaHome(java(folder, "21"), "/opt/java"));
    }

    private static Path java(Path folder, String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(version).resolve("bin"));
        Files.writeString(folder.resolve(version).resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        Files.createFile(
                bin.resolve("java"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return bin;
    }

    private static String javaHome(Path bin, String named) {
        return Command.run(
                        Path.of("").toAbsolutePath(),
                        Map.of("PATH", bin + ":/usr/bin:/bin", "JAVA_HOME", named, "KARAF_SCRIPT", "client"),
                        "sh",
                        "-euc",
                        "JAVA=; . \"$0\"; echo \"$JAVA_HOME\"",
                        SETENV.toString())
                .strip();
    }

    /** @return those of heap and collector, in their order, which Java has started with */
    private static String flags(Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("env", "-u", "JAVA_MAX_MEM", "-u", "EXTRA_JAVA_OPTS"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(
                "sh",
                "-ec",
                """
                KARAF_SCRIPT=karaf KARAF_ETC=none KARAF_BASE= KARAF_OPTS=
                . "$0"
                echo "$EXTRA_JAVA_OPTS"
                "$1" $EXTRA_JAVA_OPTS -version
                """,
                SETENV.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        String printed = Command.run(Path.of("").toAbsolutePath(), Map.of(), command.toArray(String[]::new));
        return FLAG.matcher(printed.lines().findFirst().orElseThrow())
                .results()
                .map(found -> found.group())
                .collect(Collectors.joining(" "));
    }
}
