package gatepost.metrics.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class DeadlockCheckTest {

    private final DeadlockCheck check = new DeadlockCheck();

    @Test
    void namesThreadsThatWaitForEachOther() throws InterruptedException {
        assertEquals(List.of(), check.problems());
        Lock left = new ReentrantLock();
        Lock right = new ReentrantLock();
        CyclicBarrier both = new CyclicBarrier(2);
        Thread one = taking("one", left, right, both);
        Thread two = taking("two", right, left, both);
        try {
            Awaitility.await().until(() -> !check.problems().isEmpty());
            assertEquals(List.of("threads wait for each other for ever: one, two"), check.problems());
        } finally {
            one.interrupt();
            two.interrupt();
            one.join();
            two.join();
        }
        assertEquals(List.of(), check.problems());
    }

    private static Thread taking(String name, Lock first, Lock second, CyclicBarrier both) {
        Thread thread = new Thread(
                () -> {
                    first.lock();
                    try {
                        both.await();
                        second.lockInterruptibly();
                        second.unlock();
                    } catch (Exception e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        first.unlock();
                    }
                },
                name);
        thread.start();
        return thread;
    }
}
