package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.command.MessageId;
import org.junit.jupiter.api.Test;

class DurabilityTest {

    private final Durability durability = new Durability();
    private final List<String> seen = new ArrayList<>();

    @Test
    void isFoundWithTheMessageThatItWasLeftWith() {
        MessageId message = new MessageId("producer:1:1:1", 1);
        assertEquals(Optional.empty(), Durability.of(message));

        durability.leaveWith(message);

        assertEquals(Optional.of(durability), Durability.of(message));
    }

    @Test
    void isNeitherSafeNorFailedUntilItIsSettledAndThenStaysWhatItIs() throws IOException {
        assertFalse(durability.isSettled()
                || durability.isSafe()
                || durability.failure().isPresent());

        durability.safe();
        durability.failed(new IOException("too late"));

        assertTrue(durability.isSettled() && durability.isSafe());
        assertEquals(Optional.empty(), durability.failure());
        durability.await();
    }

    @Test
    void whoeverWaitsHearsOfItOnceInTheOrderInWhichTheyAsked() {
        durability.whenSettled(() -> seen.add("first"));
        durability.whenSettled(() -> seen.add("second"));
        assertEquals(List.of(), seen);

        durability.failed(new IOException("the disk is full"));
        durability.safe();
        durability.whenSettled(() -> seen.add("late"));

        assertEquals(List.of("first", "second", "late"), seen);
    }

    @Test
    void oneThatFailsHoldsUpNobodyElseAndNotTheStore() {
        durability.whenSettled(() -> {
            throw new IllegalStateException("its bundle is gone");
        });
        durability.whenSettled(() -> seen.add("second"));

        durability.safe();

        assertEquals(List.of("second"), seen);
    }

    @Test
    void waitingForWhatIsNotWrittenEndsWithTheReasonOrAfterAWhile() {
        assertThrows(IOException.class, () -> durability.await(1, TimeUnit.MILLISECONDS));
        durability.failed(new IOException("the disk is full"));
        assertEquals(
                "the disk is full",
                assertThrows(IOException.class, durability::await).getMessage());
    }

    @Test
    void nobodyIsForgottenWhenItIsSettledAtTheSameTime() throws InterruptedException {
        for (int round = 0; round < 500; round++) {
            Durability raced = new Durability();
            AtomicInteger heard = new AtomicInteger();
            Thread settling = new Thread(raced::safe);
            settling.start();
            for (int i = 0; i < 10; i++) {
                raced.whenSettled(heard::incrementAndGet);
            }
            settling.join();
            assertEquals(10, heard.get());
        }
    }
}
