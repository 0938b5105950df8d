package gatepost.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the appender of {@code etc/org.ops4j.pax.logging.cfg}. */
@Timeout(60)
class RenamedFileTriggeringPolicyTest {

    @TempDir
    private Path folder;

    private LoggerContext context;
    private Logger logger;
    private Path log;

    @BeforeEach
    void anAppender() {
        log = folder.resolve("gatepost.log");
        Properties properties = new Properties();
        properties.setProperty("status", "ERROR");
        properties.setProperty("rootLogger.level", "INFO");
        properties.setProperty("rootLogger.appenderRef.file.ref", "File");
        properties.setProperty("appender.file.type", "RollingRandomAccessFile");
        properties.setProperty("appender.file.name", "File");
        properties.setProperty("appender.file.fileName", log.toString());
        properties.setProperty(
                "appender.file.filePattern", folder.resolve("gatepost-%i.log").toString());
        properties.setProperty("appender.file.append", "true");
        properties.setProperty("appender.file.layout.type", "PatternLayout");
        properties.setProperty("appender.file.layout.pattern", "%m%n");
        properties.setProperty("appender.file.policies.type", "Policies");
        properties.setProperty("appender.file.policies.size.type", "SizeBasedTriggeringPolicy");
        properties.setProperty("appender.file.policies.size.size", "20KB");
        properties.setProperty("appender.file.policies.renamed.type", "RenamedFileTriggeringPolicy");
        properties.setProperty("appender.file.strategy.type", "DefaultRolloverStrategy");
        properties.setProperty("appender.file.strategy.max", "1000");
        context = new LoggerContext("test");
        context.start(new PropertiesConfigurationBuilder()
                .setRootProperties(properties)
                .build());
        logger = context.getLogger("test");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aRenamedLogGoesOnInANewFileOfItsName() throws Exception {
        List<Integer> written = new ArrayList<>();
        written.add(0);
        logger.info("0");
        for (int round = 1; round <= 2; round++) {
            Files.move(log, folder.resolve("renamed." + round));
            for (int line = 1000 * round; !Files.exists(log); line++) {
                logger.info("" + line);
                written.add(line);
                Thread.sleep(10);
            }
        }
        assertEquals(written, lines().sorted().toList());
        assertEquals(List.of("gatepost.log", "renamed.1", "renamed.2"), files());
    }

    @Test
    void soDoesOneWhoseNewFileIsThereAlready() throws Exception {
        logger.info("0");
        Files.move(log, folder.resolve("renamed"));
        Files.createFile(log);
        while (Files.exists(log) && Files.size(log) == 0) {
            logger.info("1");
            Thread.sleep(10);
        }
        assertTrue(Files.readString(log).startsWith("1"));
    }

    /** Renamed by size, too, and written by several threads at once. */
    @Test
    void noLineIsLostWhateverElseHappens() throws Exception {
        int each = 3000;
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(writer -> new Thread(() -> {
                    for (int line = 0; line < each; line++) {
                        logger.info("" + (writer * each + line));
                        if (line % 3 == 0) {
                            sleep(Duration.ofMillis(1));
                        }
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        int renamed = 0;
        int notThere = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            sleep(Duration.ofMillis(100));
            try {
                Files.move(log, folder.resolve("renamed." + renamed));
                renamed++;
            } catch (NoSuchFileException e) {
                // the appender has not made it anew, or has just renamed it itself
                notThere++;
            }
        }
        assertTrue(renamed > 1, "renamed " + renamed + ", not there " + notThere);
        assertEquals(
                IntStream.range(0, 4 * each).boxed().toList(), lines().sorted().toList());
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Stream<Integer> lines() throws IOException {
        List<Integer> lines = new ArrayList<>();
        for (String file : files()) {
            for (String line : Files.readAllLines(folder.resolve(file))) {
                lines.add(Integer.valueOf(line));
            }
        }
        return lines.stream();
    }
}
