package gatepost.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DenialsTest {

    private final Denials denials = new Denials(10);

    @Test
    void oneMessageAtATimeAsksAgainAfterAPause() {
        denials.answered("/queue/a", new GatepostDeniedException("Denied: write queue://a"), 0);
        assertTrue(denials.isDenied("/queue/a"));
        assertEquals("Denied: write queue://a", denials.exception("/queue/a").getMessage());
        assertFalse(denials.isDue("/queue/a", 9));
        assertTrue(denials.isDue("/queue/a", 10));
        assertFalse(denials.isDue("/queue/a", 1000), "somebody asks already");
    }

    @Test
    void whoCouldNotBeAskedLeavesItToTheNextAndAnAnswerEndsIt() {
        denials.answered("/queue/a", new GatepostDeniedException("Denied: write queue://a"), 0);
        assertTrue(denials.isDue("/queue/a", 10));
        denials.answered("/queue/a", new GatepostUnavailableException("gone"), 20);
        assertEquals("Denied: write queue://a", denials.exception("/queue/a").getMessage());
        assertTrue(denials.isDue("/queue/a", 30));
        denials.answered("/queue/a", null, 31);
        assertFalse(denials.isDenied("/queue/a"));
    }

    @Test
    void aDestinationThatWasNeverDeniedIsNotRemembered() {
        denials.answered("/queue/a", new GatepostUnavailableException("gone"), 0);
        assertFalse(denials.isDenied("/queue/a"));
    }
}
