package gatepost.store.journal;

import gatepost.threads.DaemonThreads;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The next file, filled with zeros on a thread of its own while the one before it is in use. For the journal's thread. */
final class SpareSegment {

    private static final Logger LOG = LoggerFactory.getLogger(SpareSegment.class);
    private static final long IDLE_SECONDS = 5;

    private final Disk disk;
    private final Executor maker;
    private CompletableFuture<Segment> made;

    SpareSegment(Disk disk) {
        this(
                disk,
                new ThreadPoolExecutor(
                        0,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        DaemonThreads.named("gatepost-store-spare")));
    }

    SpareSegment(Disk disk, Executor maker) {
        this.disk = disk;
        this.maker = maker;
    }

    /** Begins to make it, unless that was done already. */
    void prepareWhen(boolean needed, int id, int salt, int size) {
        if (needed && made == null) {
            made = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return Segment.create(disk, id, salt, size);
                        } catch (IOException e) {
                            throw new CompletionException(e);
                        }
                    },
                    maker);
        }
    }

    /** @return the file, or {@code null} when none was made; whoever needs one then makes it and learns why not */
    Segment take() {
        CompletableFuture<Segment> current = made;
        made = null;
        if (current == null) {
            return null;
        }
        try {
            return current.join();
        } catch (CompletionException e) {
            LOG.warn("no file was made ahead of time", e.getCause());
            return null;
        }
    }

    void close() throws IOException {
        Segment unused = take();
        if (maker instanceof ExecutorService threads) {
            threads.shutdown();
        }
        if (unused != null) {
            unused.delete();
        }
    }
}
