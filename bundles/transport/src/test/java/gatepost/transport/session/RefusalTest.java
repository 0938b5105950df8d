package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatepost.contracts.QuotaReached;
import gatepost.transport.connector.CloseReason;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void whatTheGateSaysReachesTheClientInOneLine() {
        Refusal refusal = Refusal.of(new JMSException("outer").initCause(new SecurityException("no\n\tentry")), "SEND");
        assertEquals("no entry", refusal.getMessage());
        assertEquals(CloseReason.POLICY, refusal.reason());
    }

    @Test
    void aClientCannotWriteLinesIntoTheLog() {
        assertEquals(
                "the destination a\\u000d\\u000aERROR forged",
                new Refusal("the destination a\r\nERROR forged").printable());
    }

    @Test
    void aFullStoreIsNamed() {
        Refusal refusal = Refusal.of(
                new ResourceAllocationException("Persistent store is Full, 100% of 1 at /secret"), "SEND to q");
        assertEquals("SEND to q was refused: the store is full; try again later", refusal.getMessage());
        assertEquals(CloseReason.TRY_AGAIN_LATER, refusal.reason());
    }

    @Test
    void aLimitIsToldWordForWordHoweverDeepItLies() {
        QuotaReached limit =
                new QuotaReached("user.bytes", "of what user bob sent, 5 bytes may wait in the store (user.bytes)");
        Refusal refusal = Refusal.of(new IOException("STORE COMMIT FAILED", new IOException(limit)), "COMMIT of t");
        assertEquals(
                "COMMIT of t was refused: of what user bob sent, 5 bytes may wait in the store (user.bytes)",
                refusal.getMessage());
        assertEquals(CloseReason.TRY_AGAIN_LATER, refusal.reason());
    }

    @Test
    void aBadSelectorIsQuoted() {
        assertEquals(
                "SUBSCRIBE to q was refused: a ===",
                Refusal.of(new InvalidSelectorException("a ==="), "SUBSCRIBE to q")
                        .getMessage());
    }

    @Test
    void theAddressOfAnotherConnectionIsNotTold() {
        assertEquals(
                "CONNECT was refused: the client-id is in use by another connection",
                Refusal.of(new InvalidClientIDException("x already connected from tcp://10.0.0.7:4711"), "CONNECT")
                        .getMessage());
    }

    @Test
    void whatIsInsideTheBrokerStaysThere() {
        Refusal refusal = Refusal.of(new IOException("/data/gatepost/db-1.log: no such user 'bob'"), "SEND to q");
        assertFalse(refusal.getMessage().contains("bob"));
        assertFalse(refusal.getMessage().contains("/data"));
        assertEquals(CloseReason.INTERNAL_ERROR, refusal.reason());
    }
}
