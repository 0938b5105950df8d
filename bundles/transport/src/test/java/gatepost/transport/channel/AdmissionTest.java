package gatepost.transport.channel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission();
    private final InetAddress one = address(1);
    private final InetAddress two = address(2);

    @Test
    void whoIsOneTooManyIsRefusedAndWhoComesAfterALeaverIsNot() {
        assertTrue(admission.enter(one, 2, 0).isEmpty());
        assertTrue(admission.enter(two, 2, 0).isEmpty());
        assertTrue(admission.enter(one, 2, 0).isPresent());
        assertTrue(admission.refuse());
        admission.leave(one, true);
        assertTrue(admission.enter(two, 2, 0).isPresent());
        assertTrue(admission.refuse());
        admission.leave(two, true);
        admission.leave(one, false);
        assertTrue(admission.enter(two, 2, 0).isEmpty());
    }

    @Test
    void refusedConnectionsThatLingerTakeNobodysPlace() {
        assertTrue(admission.enter(one, 2, 0).isEmpty());
        assertTrue(admission.enter(one, 2, 0).isEmpty());
        assertTrue(admission.enter(one, 2, 0).isPresent());
        admission.refuse();
        admission.leave(one, false);
        assertTrue(admission.enter(two, 2, 0).isEmpty());
    }

    @Test
    void anAddressIsLimitedByItself() {
        assertTrue(admission.enter(one, 10, 1).isEmpty());
        assertTrue(admission.enter(one, 10, 1).orElseThrow().contains("one address"));
        assertTrue(admission.enter(two, 10, 1).isEmpty());
    }

    @Test
    void anAddressThatTriesAgainAtOnceIsLetInOnceItMay() {
        assertTrue(admission.enter(one, 10, 1).isEmpty());
        for (int i = 0; i < 3; i++) {
            assertTrue(admission.enter(one, 10, 1).isPresent());
            admission.refuse();
        }
        admission.leave(one, false);
        assertTrue(admission.enter(one, 10, 1).isEmpty());
        admission.leave(one, true);
        assertTrue(admission.enter(one, 10, 1).isPresent());
    }

    @Test
    void aFloodOfRefusedConnectionsIsNotExplained() {
        for (int i = 0; i < 256; i++) {
            assertTrue(admission.refuse());
        }
        assertFalse(admission.refuse());
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
