package gatepost.threads;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatedTaskTest {

    @Test
    void isRunAgainWhateverItThrew() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(4);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            scheduler.scheduleWithFixedDelay(
                    new RepeatedTask("the test", () -> {
                        runs.countDown();
                        if (runs.getCount() == 3) {
                            throw new IllegalStateException("of a test");
                        } else if (runs.getCount() == 2) {
                            throw new StackOverflowError("of a test");
                        }
                    }),
                    0,
                    1,
                    TimeUnit.MILLISECONDS);

            assertTrue(runs.await(30, TimeUnit.SECONDS));
        } finally {
            scheduler.shutdownNow();
        }
    }
}
