package gatepost.soak;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Heap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Gatepost takes at one moment.
 *
 * @param life which start of it this is, from 1
 * @param seconds since the first
 * @param heap bytes in use after a full collection
 * @param disk bytes of its data, logs aside
 * @param files that its process has open, sockets among them
 * @param threads of its process
 */
record Sample(int life, long seconds, long heap, long disk, long files, long threads) {

    static Sample of(Gatepost gatepost, int life, long seconds) {
        try {
            Path process = Path.of("/proc", String.valueOf(gatepost.pid()));
            return new Sample(
                    life,
                    seconds,
                    Heap.live(gatepost),
                    bytes(gatepost.home().resolve("data/gatepost")),
                    count(process.resolve("fd")),
                    count(process.resolve("task")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(Sample::size).sum();
        }
    }

    /** A journal's file may be cleaned away while we look. */
    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
