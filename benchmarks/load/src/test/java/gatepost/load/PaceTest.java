package gatepost.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void messagesAreDueAtTheRateWhateverHappens() {
        Pace pace = Pace.of(5_000, 1_000, 2, 0, 0, 1);
        assertEquals(5_000, pace.due(0));
        assertEquals(5_000 + 1_999_000_000L, pace.due(1_999));
        // long after the end, what was due before it is still to be sent
        assertFalse(pace.isOver(1_999, 60_000_000_000L));
        assertTrue(pace.isOver(2_000, 0));
    }

    @Test
    void publishersShareTheRateAndTakeTurns() {
        Pace first = Pace.of(0, 1_000, 1, 0, 0, 4);
        Pace second = Pace.of(0, 1_000, 1, 0, 1, 4);
        assertEquals(4_000_000, first.due(1));
        assertEquals(1_000_000, second.due(0));
    }

    @Test
    void atFullSpeedTheTimeEndsIt() {
        Pace pace = Pace.of(0, 0, 1, 0, 0, 1);
        assertEquals(0, pace.due(1_000_000));
        assertFalse(pace.isOver(1_000_000, 999_999_999));
        assertTrue(pace.isOver(1_000_000, 1_000_000_000));
    }

    @Test
    void theNumberOfMessagesEndsIt() {
        Pace pace = Pace.of(0, 0, 1, 10, 0, 1);
        assertFalse(pace.isOver(9, 0));
        assertTrue(pace.isOver(10, 0));
    }
}
