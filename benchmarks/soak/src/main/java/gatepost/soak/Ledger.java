package gatepost.soak;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What has become of the messages to one user, which are numbered from 0 and sent one after another. Safe for use by the thread that
 * sends them and the one that reads them.
 */
final class Ledger {

    private final String user;
    private final BitSet promised = new BitSet();
    private final BitSet received = new BitSet();
    private final BitSet settled = new BitSet();
    private final List<String> faults = new ArrayList<>();
    private int sent;
    private int previous = -1;

    Ledger(String user) {
        this.user = user;
    }

    /** @return the number of the next message, which is about to be sent */
    synchronized int sending() {
        return sent++;
    }

    /** Its RECEIPT has come. */
    synchronized void promised(int number) {
        promised.set(number);
    }

    /** A connection begins: what was not acknowledged comes again. */
    synchronized void connected() {
        previous = -1;
    }

    synchronized void received(int number) {
        if (settled.get(number)) {
            faults.add(user + ": " + number + " came again, after the RECEIPT of its ACK");
        }
        if (number <= previous) {
            faults.add(user + ": " + number + " came after " + previous);
        }
        previous = number;
        received.set(number);
    }

    /** The RECEIPT of its ACK has come. */
    synchronized void settled(int number) {
        settled.set(number);
    }

    synchronized int countPromised() {
        return promised.cardinality();
    }

    /** @return how many that were promised have not come */
    synchronized int missing() {
        BitSet missing = (BitSet) promised.clone();
        missing.andNot(received);
        return missing.cardinality();
    }

    /** @return what went wrong, those that are missing not among it */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
