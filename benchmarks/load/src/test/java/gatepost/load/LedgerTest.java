package gatepost.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger(0, 2, 3, 1);

    @Test
    void whatArrivesOnceInItsOrderIsNoFault() {
        Stamp first = ledger.sent(0, 1, 0, 0);
        Stamp second = ledger.sent(0, 1, 0, 0);
        ledger.received(1, 0, first, 5);
        ledger.received(1, 0, second, 9);
        assertEquals(new Faults(0, 0, 0, 0), ledger.faults());
        assertEquals(2, ledger.received());
        assertEquals(9, ledger.lastReceived());
    }

    @Test
    void whatNeverArrivesIsLost() {
        ledger.sent(0, 1, 0, 0);
        ledger.received(1, 0, ledger.sent(0, 1, 0, 0), 0);
        assertEquals(new Faults(1, 0, 0, 0), ledger.faults());
    }

    @Test
    void whatArrivesAgainIsDoubledAndMakesUpForNothingThatIsLost() {
        Stamp first = ledger.sent(0, 1, 0, 0);
        ledger.sent(0, 1, 0, 0);
        ledger.received(1, 0, first, 0);
        ledger.received(1, 0, first, 0);
        assertEquals(new Faults(1, 1, 0, 0), ledger.faults());
    }

    @Test
    void whatAnEarlierMessageOfTheSamePublisherToTheSameUserComesAfterIsReordered() {
        Stamp first = ledger.sent(0, 1, 0, 0);
        Stamp second = ledger.sent(0, 1, 0, 0);
        ledger.received(1, 0, second, 0);
        ledger.received(1, 0, first, 0);
        assertEquals(new Faults(0, 0, 0, 1), ledger.faults());
    }

    @Test
    void usersAndPublishersHaveNoOrderAmongThem() {
        Stamp toOne = ledger.sent(0, 1, 0, 0);
        Stamp toTwo = ledger.sent(0, 2, 0, 0);
        Stamp ofAnother = ledger.sent(1, 1, 0, 0);
        ledger.received(1, 0, ofAnother, 0);
        ledger.received(2, 0, toTwo, 0);
        ledger.received(1, 0, toOne, 0);
        assertEquals(new Faults(0, 0, 0, 0), ledger.faults());
    }

    @Test
    void whatSomebodyElseGetsIsMisrouted() {
        ledger.received(2, 0, ledger.sent(0, 1, 0, 0), 0);
        assertEquals(new Faults(0, 0, 1, 0), ledger.faults());
    }

    @Test
    void eachTabGetsEveryMessageInItsOrder() {
        Ledger ofTwo = new Ledger(0, 1, 3, 2);
        Stamp first = ofTwo.sent(0, 1, 0, 0);
        Stamp second = ofTwo.sent(0, 1, 0, 0);
        assertEquals(4, ofTwo.expected());
        ofTwo.received(1, 0, first, 0);
        ofTwo.received(1, 0, second, 0);
        ofTwo.received(1, 1, first, 0);
        assertEquals(new Faults(1, 0, 0, 0), ofTwo.faults());
        ofTwo.received(1, 1, second, 0);
        ofTwo.received(1, 1, first, 0);
        assertEquals(new Faults(0, 1, 0, 0), ofTwo.faults());
    }

    @Test
    void timesBeginWhenAMessageWasDueAndWhenItWasWritten() {
        ledger.received(1, 0, ledger.sent(0, 1, 1_000_000, 4_000_000), 6_000_000);
        assertEquals(5, ledger.fromDue().percentile(50), 0.01);
        assertEquals(2, ledger.fromSent().percentile(50), 0.01);
    }

    @Test
    void aMessageThatComesLateIsNotedInItsOwnLedger() {
        Ledgers ledgers = new Ledgers(1);
        Ledger early = ledgers.open(1, 3);
        Stamp stamp = early.sent(0, 1, 0, 0);
        Ledger late = ledgers.open(1, 3);
        ledgers.received(1, 0, stamp, 0);
        ledgers.received(1, 0, stamp, 0);
        assertEquals(1, early.received());
        assertEquals(0, late.received());
        assertEquals(new Faults(0, 1, 0, 0), ledgers.faults());
    }

    @Test
    void messagesOfOthersAreNoFaults() {
        Ledgers ledgers = new Ledgers(1);
        ledgers.received(1, 0, null, 0);
        ledgers.received(1, 0, new Stamp(7, 0, 0, 1, 0, 0), 0);
        assertEquals(2, ledgers.foreign());
        assertEquals(new Faults(0, 0, 0, 0), ledgers.faults());
    }
}
