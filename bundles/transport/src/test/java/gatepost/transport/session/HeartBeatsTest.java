package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartBeatsTest {

    @Test
    void theLongerIntervalIsAgreedOn() throws Refusal {
        assertEquals(new HeartBeats(7000, 10_000), HeartBeats.negotiate("4000,7000", 5000, 10_000));
        assertEquals(new HeartBeats(5000, 20_000), HeartBeats.negotiate("20000, 1", 5000, 10_000));
    }

    @Test
    void whoOffersOrWantsNoneGetsNone() throws Refusal {
        assertEquals(new HeartBeats(0, 0), HeartBeats.negotiate("0,0", 5000, 10_000));
        assertEquals(new HeartBeats(0, 0), HeartBeats.negotiate("4000,4000", 0, 0));
        assertEquals(new HeartBeats(0, 0), HeartBeats.negotiate(null, 5000, 10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1,2,3", "a,b", "-1,0", "99999999999,0"})
    void whatCannotBeUsedIsNamed(String header) {
        Refusal refusal = assertThrows(Refusal.class, () -> HeartBeats.negotiate(header, 1, 1));
        assertTrue(refusal.getMessage().contains("heart-beat:" + header), refusal.getMessage());
    }
}
