package gatepost.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Suites run beside one another ({@code ./test}), each in a process of its own. A class of tests holds a lock as long as it runs: one
 * that it shares with those of other suites, or, where it is to be {@link Alone}, has for itself. JUnit finds this by itself in every
 * suite that uses the harness.
 *
 * <p>Whoever wants the lock waits in a queue of one, or somebody who is to be alone would wait until all suites have ended.
 */
public final class Turns implements BeforeAllCallback {

    /** Seen from a module's folder, in which Maven runs its tests; locks go with their process, whatever ends it. */
    private static final Path FILE = Path.of("..", "..", "target", "turns.lock");

    private static final long QUEUE = 0;
    private static final long LOCK = 1;

    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        if (tests.getEnclosingClass() == null) {
            context.getStore(ExtensionContext.Namespace.create(Turns.class))
                    .put(Turns.class, take(File.CHANNEL, isAlone(tests)));
        }
    }

    static boolean isAlone(Class<?> tests) {
        return tests.isAnnotationPresent(Alone.class) || tests.getPackage().isAnnotationPresent(Alone.class);
    }

    /** @return what gives the turn back */
    static AutoCloseable take(FileChannel channel, boolean alone) {
        try {
            FileLock queue = channel.lock(QUEUE, 1, false);
            try {
                return channel.lock(LOCK, 1, !alone);
            } finally {
                queue.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** One for the process: closing another one of the same file would give the locks back. */
    private static final class File {

        private static final FileChannel CHANNEL = made();

        private static FileChannel made() {
            try {
                Files.createDirectories(FILE.getParent());
                return open(FILE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
