package gatepost.configuration;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration LONG_ENOUGH_TO_NOTICE = INTERVAL.multipliedBy(4);

    @TempDir
    Path folder;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger changes = new AtomicInteger();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("watched");
        Files.writeString(file, "one");
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private FileWatch watch() {
        return watch(changes::incrementAndGet);
    }

    private FileWatch watch(Runnable changed) {
        return new FileWatch(List.of(file), scheduler, INTERVAL, changed, () -> {});
    }

    @Test
    void changeIsReportedOnceAndWithinTwoSeconds() throws IOException {
        try (FileWatch watch = new FileWatch(List.of(file), scheduler, changes::incrementAndGet)) {
            Files.writeString(file, "another");
            await().atMost(TWO_SECONDS).until(() -> changes.get() == 1);
            await().during(FileWatch.INTERVAL.multipliedBy(3)).until(() -> changes.get() == 1);
        }
    }

    @Test
    void replacingAFileOfTheSameSizeIsAChange() throws IOException {
        try (FileWatch watch = watch()) {
            Path fresh = folder.resolve("fresh");
            Files.writeString(fresh, "two");
            Files.setLastModifiedTime(fresh, Files.getLastModifiedTime(file));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            await().atMost(TWO_SECONDS).until(() -> changes.get() == 1);
        }
    }

    @Test
    void emptyOrMissingFileIsWaitedFor() throws IOException {
        try (FileWatch watch = watch()) {
            Files.writeString(file, "");
            await().during(LONG_ENOUGH_TO_NOTICE).until(() -> changes.get() == 0);
            Files.delete(file);
            await().during(LONG_ENOUGH_TO_NOTICE).until(() -> changes.get() == 0);
            Files.writeString(file, "back");
            await().atMost(TWO_SECONDS).until(() -> changes.get() == 1);
        }
    }

    @Test
    void fileThatIsStillBeingWrittenIsWaitedFor() {
        try (FileWatch watch = watch()) {
            ScheduledFuture<?> writing = scheduler.scheduleAtFixedRate(this::append, 0, 20, TimeUnit.MILLISECONDS);
            await().during(LONG_ENOUGH_TO_NOTICE).until(() -> changes.get() == 0);
            writing.cancel(false);
            await().atMost(TWO_SECONDS).until(() -> changes.get() == 1);
        }
    }

    private void append() {
        try {
            Files.writeString(file, "more", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneChangeThatCannotBeTakenInDoesNotEndTheWatch() throws IOException {
        try (FileWatch watch = watch(() -> {
            if (changes.incrementAndGet() == 1) {
                throw new IllegalStateException("expected by the test");
            }
        })) {
            Files.writeString(file, "broken");
            await().atMost(TWO_SECONDS).until(() -> changes.get() == 1);
            Files.writeString(file, "mended");
            await().atMost(TWO_SECONDS).until(() -> changes.get() == 2);
        }
    }

    @Test
    void closedWatchReportsNothing() throws IOException {
        watch().close();
        Files.writeString(file, "another");
        await().during(LONG_ENOUGH_TO_NOTICE).until(() -> changes.get() == 0);
        assertEquals(0, changes.get());
    }
}
