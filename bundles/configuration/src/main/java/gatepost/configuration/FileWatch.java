package gatepost.configuration;

import gatepost.threads.RepeatedTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files again and again and reports a change once it has settled, which is when two looks in a row saw the same
 * state. Looking is used because file system events know nothing of symbolic links and network mounts.
 */
public final class FileWatch implements AutoCloseable {

    /** The time between two looks; a change is reported within two of them. */
    public static final Duration INTERVAL = Duration.ofMillis(400);

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Map<Path, FileStamp> reported = new LinkedHashMap<>();
    private final Map<Path, FileStamp> seen = new LinkedHashMap<>();
    private final Runnable changed;
    private final Runnable missed;
    private final ScheduledFuture<?> task;

    /**
     * @param files the files to look at; their state now is taken as known
     * @param scheduler looks and reports on its threads; must outlive this object
     * @param changed told when any of the files has a new content
     */
    public FileWatch(Collection<Path> files, ScheduledExecutorService scheduler, Runnable changed) {
        this(files, scheduler, changed, () -> {});
    }

    /** @param missed told when any of the files is gone or has no bytes any more, and is waited for */
    public FileWatch(Collection<Path> files, ScheduledExecutorService scheduler, Runnable changed, Runnable missed) {
        this(files, scheduler, INTERVAL, changed, missed);
    }

    FileWatch(
            Collection<Path> files,
            ScheduledExecutorService scheduler,
            Duration interval,
            Runnable changed,
            Runnable missed) {
        Set<Path> distinct = new LinkedHashSet<>(files);
        distinct.forEach(file -> reported.put(file, FileStamp.of(file)));
        seen.putAll(reported);
        this.changed = changed;
        this.missed = missed;
        this.task = scheduler.scheduleWithFixedDelay(
                new RepeatedTask("the look for changed files", this::look),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        boolean news = false;
        boolean gone = false;
        for (Map.Entry<Path, FileStamp> entry : reported.entrySet()) {
            FileStamp now = FileStamp.of(entry.getKey());
            boolean settled = now.equals(seen.put(entry.getKey(), now));
            if (settled && !now.equals(entry.getValue())) {
                entry.setValue(now);
                news |= now.hasContent();
                gone |= !now.hasContent();
            }
        }
        if (news) {
            report(changed);
        }
        if (gone) {
            report(missed);
        }
    }

    private void report(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            // an exception would end the schedule, and with it every later change
            LOG.error("a changed file among {} could not be taken in", reported.keySet(), e);
        }
    }

    @Override
    public void close() {
        task.cancel(false);
    }
}
