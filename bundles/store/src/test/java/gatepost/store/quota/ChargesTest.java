package gatepost.store.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.store.quota.Charge.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChargesTest {

    private static final int THREADS = 4;
    private static final int TIMES = 50_000;

    private final Charges charges = new Charges();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoHasNothingIsForgotten() {
        Charge charge = charges.add("alice", 10, 1);
        charges.subtract(charge, 10, 1);
        assertEquals(0, charges.all().size());
        assertEquals(0, charges.of("alice").bytes());
    }

    @Test
    void whatIsForgottenTakesNothingMore() {
        Charge charge = charges.add("alice", 10, 1);
        charges.subtract(charge, 10, 1);
        assertEquals(Outcome.GONE, charge.reserve(1, 1, 0, 0));
        assertEquals(0, charge.bytes());
        assertEquals(0, charge.messages());
    }

    @Test
    void whatIsRefusedIsNotCounted() {
        charges.add("alice", 10, 1);
        assertTrue(charges.reserve("alice", 11, 1, 20, 0).isEmpty());
        assertTrue(charges.reserve("alice", 10, 1, 20, 1).isEmpty());
        assertEquals(10, charges.of("alice").bytes());
        assertEquals(1, charges.of("alice").messages());
    }

    /** Now and then nothing is kept, and the charge is forgotten while another thread counts on it. */
    @Test
    void nothingIsLostBetweenThreads() throws Exception {
        race(() -> charges.subtract(charges.add("alice", 7, 1), 7, 1));
        assertEquals(0, charges.all().size());
        Charge kept = charges.add("alice", 5, 1);
        race(() -> charges.subtract(charges.add("alice", 7, 1), 7, 1));
        assertEquals(5, kept.bytes());
        assertEquals(1, kept.messages());
        assertEquals(List.of(kept), List.copyOf(charges.all()));
    }

    @Test
    void theLimitHoldsBetweenThreads() throws Exception {
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicLong taken = new AtomicLong();
        race(() -> {
            Optional<Charge> charge = charges.reserve("alice", 10, 1, 25, 0);
            if (charge.isPresent()) {
                taken.incrementAndGet();
                long now = held.addAndGet(10);
                most.accumulateAndGet(now, Math::max);
                held.addAndGet(-10);
                charges.subtract(charge.get(), 10, 1);
            }
        });
        assertTrue(most.get() <= 25, "at once: " + most);
        assertTrue(taken.get() > 0);
        assertEquals(0, charges.all().size());
    }

    private void race(Runnable step) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(threads.submit(() -> {
                for (int n = 0; n < TIMES; n++) {
                    step.run();
                }
            }));
        }
        for (Future<?> one : all) {
            one.get(30, TimeUnit.SECONDS);
        }
    }
}
