package gatepost.console.web;

import gatepost.threads.DaemonThreads;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on what may take a while, such as reading files, on a few threads of its own: the web server's threads, and the turn of the
 * request, are for others meanwhile. Safe for use by several threads.
 */
public final class Aside implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Aside.class);
    private static final int IDLE_SECONDS = 30;

    private final String name;
    private final ThreadPoolExecutor threads;

    /** What a request is answered: a status of HTTP, and what becomes JSON. */
    public record Said(int status, Object body) {

        /** 200 and this. */
        public static Said of(Object body) {
            return new Said(HttpServletResponse.SC_OK, body);
        }
    }

    /** What there is to do. Whatever it throws but {@link Refused} is a fault, which the log tells of. */
    public interface Work {
        Said run() throws Exception;
    }

    /**
     * @param name of the threads
     * @param threads how many there are at most
     * @param waiting how many requests may wait for one; further ones are answered 503
     */
    public Aside(String name, int threads, int waiting) {
        this.name = name;
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                DaemonThreads.numbered(name));
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Has a request answered, and returns at once.
     *
     * @param patience after which it is answered {@code late}; the work goes on
     */
    public void answer(
            HttpServletRequest request, HttpServletResponse response, Duration patience, Said late, Work work) {
        AsyncContext context = request.startAsync();
        AtomicBoolean answered = new AtomicBoolean();
        context.setTimeout(patience.toMillis());
        context.addListener(new WaitingEnds(() -> {
            if (answered.compareAndSet(false, true)) {
                write(response, late);
                context.complete();
            }
        }));
        try {
            threads.execute(() -> {
                Said said = run(work);
                if (answered.compareAndSet(false, true)) {
                    try {
                        write(response, said);
                    } catch (IOException e) {
                        LOG.debug("whoever asked is gone: {}", e.toString());
                    }
                    context.complete();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{} has too much to do", name, e);
            answered.set(true);
            response.setHeader("Retry-After", "1");
            try {
                write(response, Refused.said(503, "There is too much to do. Try again in a second."));
            } catch (IOException gone) {
                LOG.debug("whoever asked is gone: {}", gone.toString());
            }
            context.complete();
        }
    }

    private Said run(Work work) {
        try {
            return work.run();
        } catch (Refused e) {
            return e.said();
        } catch (Exception e) {
            LOG.error("{} failed", name, e);
            return Refused.said(500, "That failed; the log says why.");
        }
    }

    private static void write(HttpServletResponse response, Said said) throws IOException {
        response.setStatus(said.status());
        Json.write(response, said.body());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
