package gatepost.store.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The next file, filled with zeros on a thread of its own while the one before it is in use. For the journal's thread. */
final class SpareSegment {

    private static final Logger LOG = LoggerFactory.getLogger(SpareSegment.class);
    private static final long IDLE_SECONDS = 5;

    private final Path folder;
    private final ExecutorService maker = new ThreadPoolExecutor(0, 1, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "gatepost-store-spare");
                thread.setDaemon(true);
                return thread;
            });
    private Future<Segment> made;

    SpareSegment(Path folder) {
        this.folder = folder;
    }

    /** Begins to make it, unless that was done already. */
    void prepareWhen(boolean needed, int id, int salt, int size) {
        if (needed && made == null) {
            made = maker.submit(() -> Segment.create(folder, id, salt, size));
        }
    }

    /** @return the file, or {@code null} when none was made; whoever needs one then makes it and learns why not */
    Segment take() {
        Future<Segment> current = made;
        made = null;
        if (current == null) {
            return null;
        }
        try {
            return current.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the journal's thread must not be interrupted", e);
        } catch (ExecutionException e) {
            LOG.debug("no file was made ahead of time", e.getCause());
            return null;
        }
    }

    void close() throws IOException {
        Segment unused = take();
        maker.shutdown();
        if (unused != null) {
            unused.delete();
        }
    }
}
