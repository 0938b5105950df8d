package gatepost.load;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * The phases of several load programs, each with a broker of its own, one at a time: a machine whose speed changes from one minute
 * to the next changes it for all of them. Whoever waits for its turn is given it by the operating system, through a lock on a file.
 */
final class Turns {

    /** For a run that waits for nobody. */
    static final Turns ALL = new Turns("");

    /** After a turn: longer than it takes to wake up whoever waits for the next. */
    private static final int PAUSE_MS = 200;

    private final String file;

    private Turns(String file) {
        this.file = file;
    }

    static Turns of(Arguments arguments) {
        return new Turns(arguments.text("turns", ""));
    }

    /** @return what ends this turn when it is closed */
    Turn take() throws IOException {
        if (file.isEmpty()) {
            return () -> {};
        }
        FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        return () -> {
            lock.release();
            channel.close();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        };
    }

    /** Nobody else is in a phase until it is closed. */
    interface Turn extends AutoCloseable {

        @Override
        void close() throws IOException, InterruptedException;
    }
}
