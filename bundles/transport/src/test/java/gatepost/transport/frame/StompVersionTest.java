package gatepost.transport.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StompVersionTest {

    @Test
    void theNewestThatBothSpeakIsTaken() {
        assertEquals(Optional.of(StompVersion.V1_2), StompVersion.negotiate("1.0,1.2, 1.1"));
        assertEquals(Optional.of(StompVersion.V1_1), StompVersion.negotiate("1.1,1.0,2.0"));
        assertEquals(Optional.of(StompVersion.V1_0), StompVersion.negotiate("1.0"));
    }

    @Test
    void aClientThatNamesNoneSpeaks10() {
        assertEquals(Optional.of(StompVersion.V1_0), StompVersion.negotiate(null));
    }

    @Test
    void aClientWithOtherVersionsIsNotUnderstood() {
        assertEquals(Optional.empty(), StompVersion.negotiate("2.0,9"));
        assertEquals(Optional.empty(), StompVersion.negotiate(""));
    }
}
