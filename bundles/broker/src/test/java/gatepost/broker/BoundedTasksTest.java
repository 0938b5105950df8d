package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoundedTasksTest {

    @Test
    void aFloodOfTasksStandsInALineAndEachIsDone() throws InterruptedException {
        BoundedTasks tasks = new BoundedTasks("test");
        try {
            int flood = 1000;
            CountDownLatch full = new CountDownLatch(BoundedTasks.THREADS);
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(flood);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < flood; i++) {
                tasks.execute(() -> {
                    threads.add(Thread.currentThread());
                    full.countDown();
                    try {
                        go.await();
                        done.countDown();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            assertTrue(full.await(30, TimeUnit.SECONDS));
            go.countDown();
            assertTrue(done.await(30, TimeUnit.SECONDS));
            assertEquals(BoundedTasks.THREADS, threads.size());
        } finally {
            tasks.shutdownNow();
        }
    }
}
