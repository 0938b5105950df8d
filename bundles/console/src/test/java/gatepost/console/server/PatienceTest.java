package gatepost.console.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When it is too much that the web server does not listen. */
class PatienceTest {

    private final Patience patience = new Patience();

    @Test
    void aStartAndARestartMayTakeAMoment() {
        assertEquals(5, looksUntilItIsOver());
        assertEquals(1, patience.tries());
        assertEquals(5, looksUntilItIsOver());
        assertFalse(patience.listens());
    }

    @Test
    void troubleIsSaidOnceLookedAtEachTimeAndOverWhenItListens() {
        looksUntilItIsOver();
        assertTrue(patience.cannot());
        assertTrue(patience.isOver());
        assertFalse(patience.cannot());
        assertTrue(patience.listens());
        assertFalse(patience.listens());
        assertEquals(5, looksUntilItIsOver());
    }

    private int looksUntilItIsOver() {
        int looks = 0;
        while (!patience.isOver()) {
            looks++;
        }
        return looks;
    }
}
