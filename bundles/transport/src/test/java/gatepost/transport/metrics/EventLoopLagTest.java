package gatepost.transport.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class EventLoopLagTest {

    @Test
    void aLoopThatDoesNotAnswerIsStuckUntilItDoes() throws InterruptedException {
        DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(2);
        AtomicLong clock = new AtomicLong();
        CountDownLatch release = new CountDownLatch(1);
        try {
            EventLoopLag lag = new EventLoopLag(loops, new TransportMetrics(new OpenSockets()), clock::get);
            loops.next().execute(() -> await(release));
            assertEquals(List.of(), lag.problems());

            clock.set(TimeUnit.SECONDS.toNanos(60));
            Awaitility.await().until(() -> lag.problems().equals(List.of("1 of 2 event loops do not answer")));
            assertTrue(lag.needsRestart());

            release.countDown();
            Awaitility.await().until(() -> lag.problems().isEmpty());
        } finally {
            release.countDown();
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
