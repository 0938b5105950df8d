package gatepost.itests.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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
    void theHeapIsOneGibibyteWithTheParallelCollector() throws Exception {
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
    void aCollectorThatTheOperatorNamesIsTaken() throws Exception {
        assertEquals(
                "-Xms512m -Xmx512m -XX:+UseG1GC",
                flags(Map.of("JAVA_MAX_MEM", "512m", "EXTRA_JAVA_OPTS", "-XX:+UseG1GC")));
    }

    @Test
    void whatMerelyTunesACollectorNamesNone() throws Exception {
        assertEquals(
                PARALLEL + "-Xms1g -Xmx1g",
                flags(Map.of("EXTRA_JAVA_OPTS", "-XX:+UseStringDeduplication -XX:MaxGCPauseMillis=50")));
    }

    /** @return those of heap and collector, in their order, which Java has started with */
    private static String flags(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-ec",
                """
                KARAF_SCRIPT=karaf KARAF_ETC=none KARAF_BASE= KARAF_OPTS=
                . "$0"
                echo "$EXTRA_JAVA_OPTS"
                "$1" $EXTRA_JAVA_OPTS -version
                """,
                SETENV.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().keySet().removeAll(Set.of("JAVA_MAX_MEM", "EXTRA_JAVA_OPTS"));
        builder.environment().putAll(environment);
        return FLAG.matcher(Distribution.run(builder).lines().findFirst().orElseThrow())
                .results()
                .map(found -> found.group())
                .collect(Collectors.joining(" "));
    }
}
