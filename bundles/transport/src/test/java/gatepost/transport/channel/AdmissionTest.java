package gatepost.transport.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Networks;
import gatepost.transport.channel.Admission.Visitor;
import gatepost.transport.connector.Admittance;
import gatepost.transport.connector.LimitReached;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final String ONE = "192.0.2.1";
    private static final String TWO = "192.0.2.2";
    private static final Admittance TWO_IN_ALL = new Admittance(2, 2, 0, Networks.of());
    private static final Admittance ONE_PER_ADDRESS = new Admittance(10, 10, 1, Networks.of("198.51.100.0/24"));

    private long now;
    private final Admission admission = new Admission(() -> now);
    private final List<String> expelled = new ArrayList<>();

    @Test
    void whoIsOneTooManyIsRefusedAndWhoComesAfterALeaverIsNot() {
        Visitor first = let(ONE, TWO_IN_ALL);
        let(TWO, TWO_IN_ALL);
        Visitor third = visitor(ONE);
        assertEquals("connections.max", enter(third, TWO_IN_ALL).orElseThrow().key());
        assertTrue(admission.refuse());
        admission.leave(third, true);
        assertTrue(enter(visitor(TWO), TWO_IN_ALL).isPresent());
        admission.leave(first, false);
        let(TWO, TWO_IN_ALL);
    }

    @Test
    void refusedConnectionsThatLingerTakeNobodysPlace() {
        Visitor first = let(ONE, TWO_IN_ALL);
        let(ONE, TWO_IN_ALL);
        assertTrue(enter(visitor(ONE), TWO_IN_ALL).isPresent());
        admission.refuse();
        admission.leave(first, false);
        let(TWO, TWO_IN_ALL);
    }

    @Test
    void anAddressIsLimitedByItselfWhileItHasNotSignedIn() {
        Visitor first = let(ONE, ONE_PER_ADDRESS);
        LimitReached limit = enter(visitor(ONE), ONE_PER_ADDRESS).orElseThrow();
        assertEquals("connections.per.address", limit.key());
        assertTrue(limit.reason().contains("one address"), limit.reason());
        let(TWO, ONE_PER_ADDRESS);

        admission.signedIn(first);
        Visitor second = let(ONE, ONE_PER_ADDRESS);
        assertTrue(enter(visitor(ONE), ONE_PER_ADDRESS).isPresent());
        admission.leave(second, false);
        let(ONE, ONE_PER_ADDRESS);
    }

    @Test
    void anAddressThatTriesAgainAtOnceIsLetInOnceItMay() {
        Visitor first = let(ONE, ONE_PER_ADDRESS);
        for (int i = 0; i < 3; i++) {
            assertTrue(enter(visitor(ONE), ONE_PER_ADDRESS).isPresent());
            admission.refuse();
        }
        admission.leave(first, false);
        Visitor second = let(ONE, ONE_PER_ADDRESS);
        admission.signedIn(second);
        admission.leave(second, false);
        admission.leave(second, false);
        let(ONE, ONE_PER_ADDRESS);
        assertTrue(enter(visitor(ONE), ONE_PER_ADDRESS).isPresent());
    }

    @Test
    void manyMayComeThroughLoopbackAndThroughAProxy() {
        for (String address : List.of("127.0.0.1", "127.8.0.1", "::1", "198.51.100.7")) {
            let(address, ONE_PER_ADDRESS);
            let(address, ONE_PER_ADDRESS);
        }
    }

    @Test
    void theAddressesOfOneIpv6NetworkCountAsOne() {
        let("2001:db8:1:2::1", ONE_PER_ADDRESS);
        assertTrue(enter(visitor("2001:db8:1:2:ffff::1"), ONE_PER_ADDRESS).isPresent());
        let("2001:db8:1:3::1", ONE_PER_ADDRESS);
    }

    @Test
    void thoseWhoSignInDoNotUseUpTheShareOfThoseWhoHaveNot() {
        Admittance limits = new Admittance(10, 1, 0, Networks.of());
        for (int i = 0; i < 9; i++) {
            admission.signedIn(let(ONE, limits));
        }
        let(ONE, limits);
        assertEquals(
                "connections.max", enter(visitor(ONE), limits).orElseThrow().key());
    }

    @Test
    void whoHasNotSignedInForLongMakesRoomForWhoComes() {
        Admittance limits = new Admittance(10, 2, 0, Networks.of());
        Visitor oldest = let(ONE, limits);
        let(TWO, limits);
        assertEquals(
                "connections.anonymous.max",
                enter(visitor("192.0.2.3"), limits).orElseThrow().key());
        assertEquals(List.of(), expelled);

        now += TimeUnit.SECONDS.toNanos(1);
        let("192.0.2.3", limits);
        assertEquals(List.of(ONE), expelled);
        admission.leave(oldest, false);
        let("192.0.2.4", limits);
        assertEquals(List.of(ONE, TWO), expelled);
        assertTrue(enter(visitor("192.0.2.5"), limits).isPresent());
    }

    @Test
    void aFloodOfRefusedConnectionsIsNotExplained() {
        for (int i = 0; i < 256; i++) {
            assertTrue(admission.refuse());
        }
        assertFalse(admission.refuse());
    }

    private Visitor let(String address, Admittance limits) {
        Visitor visitor = visitor(address);
        assertEquals(Optional.empty(), enter(visitor, limits));
        return visitor;
    }

    private Optional<LimitReached> enter(Visitor visitor, Admittance limits) {
        return admission.enter(visitor, limits);
    }

    private Visitor visitor(String address) {
        try {
            return new Visitor(InetAddress.getByName(address), () -> expelled.add(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
