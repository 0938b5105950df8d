package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void tasksOfManyThreadsRunOneAtATimeAndAllOfThem() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool);
        executor.start();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        int tasks = 20_000;
        CountDownLatch done = new CountDownLatch(tasks);
        for (int thread = 0; thread < 2; thread++) {
            pool.execute(() -> IntStream.range(0, tasks / 2)
                    .forEach(i -> executor.execute(() -> {
                        overlaps.addAndGet(running.getAndIncrement());
                        running.decrementAndGet();
                        done.countDown();
                    })));
        }
        assertTrue(done.await(30, TimeUnit.SECONDS));
        assertEquals(0, overlaps.get());
    }

    @Test
    void tasksWaitForTheStartAndKeepTheirOrder() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(200);
        IntStream.range(0, 200)
                .forEach(i -> executor.execute(() -> {
                    order.add(i);
                    done.countDown();
                }));
        assertEquals(List.of(), order);
        executor.start();
        assertTrue(done.await(30, TimeUnit.SECONDS));
        assertEquals(IntStream.range(0, 200).boxed().toList(), order);
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool);
        executor.start();
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            throw new IllegalStateException("wanted by the test");
        });
        executor.execute(done::countDown);
        assertTrue(done.await(30, TimeUnit.SECONDS));
    }

    @Test
    void aTaskRunsHereWhenNothingElseDoes() {
        SerialExecutor executor = new SerialExecutor(pool);
        executor.start();
        List<Thread> threads = new ArrayList<>();

        executor.executeHere(() -> threads.add(Thread.currentThread()));

        assertEquals(List.of(Thread.currentThread()), threads);
    }

    @Test
    void aTaskForHereWaitsForThoseBeforeItAndThoseAfterItWaitForIt() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool);
        executor.start();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(3);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        executor.execute(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            order.add(1);
            done.countDown();
        });
        for (int i = 2; i <= 3; i++) {
            int number = i;
            executor.executeHere(() -> {
                order.add(number);
                done.countDown();
            });
        }
        assertEquals(List.of(), order);
        go.countDown();

        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertEquals(List.of(1, 2, 3), order);
    }

    @Test
    void whatComesWhileATaskRunsHereIsRunAfterIt() throws Exception {
        SerialExecutor executor = new SerialExecutor(pool);
        executor.start();
        CountDownLatch done = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());

        executor.executeHere(() -> {
            executor.execute(() -> {
                order.add(2);
                done.countDown();
            });
            order.add(1);
        });

        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertEquals(List.of(1, 2), order);
    }
}
