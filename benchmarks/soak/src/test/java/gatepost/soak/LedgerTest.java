package gatepost.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger("alice");

    @Test
    void whatHadAReceiptAndDidNotComeIsMissing() {
        ledger.promised(ledger.sending());
        ledger.promised(ledger.sending());
        ledger.sending();
        ledger.received(1);
        assertEquals(1, ledger.missing());
        ledger.connected();
        ledger.received(0);
        assertEquals(0, ledger.missing());
        assertTrue(ledger.faults().isEmpty());
    }

    @Test
    void whatIsSettledDoesNotComeAgain() {
        ledger.promised(ledger.sending());
        ledger.received(0);
        ledger.connected();
        ledger.received(0);
        assertTrue(ledger.faults().isEmpty());
        ledger.settled(0);
        ledger.connected();
        ledger.received(0);
        assertEquals(1, ledger.faults().size());
    }

    @Test
    void messagesOfOneConnectionComeInOrder() {
        ledger.received(3);
        ledger.received(2);
        assertEquals(1, ledger.faults().size());
    }

    @Test
    void whatGrowsInOneLifeIsSaid() {
        assertTrue(Growth.of(samples(0)).isEmpty());
        assertEquals(1, Growth.of(samples(10L << 20)).size());
    }

    private static List<Sample> samples(long each) {
        return IntStream.range(0, 9)
                .mapToObj(i -> new Sample(1, i, (100L << 20) + i * each, 0, 0, 0))
                .toList();
    }
}
