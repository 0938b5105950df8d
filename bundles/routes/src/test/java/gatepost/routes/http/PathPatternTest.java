package gatepost.routes.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathPatternTest {

    @Test
    void variablesStandForOneSegmentThatIsNotEmpty() {
        PathPattern pattern = PathPattern.of("/notices/{user}", false);
        assertEquals(Optional.of(Map.of("user", "alice")), pattern.match("/notices/alice"));
        assertEquals(Optional.of(Map.of("user", "alice")), pattern.match("/notices/alice/"));
        assertEquals(Optional.empty(), pattern.match("/notices"));
        assertEquals(Optional.empty(), pattern.match("/notices//"));
        assertEquals(Optional.empty(), pattern.match("/notices/alice/bob"));
        assertEquals(Optional.empty(), pattern.match("/other/alice"));
    }

    @Test
    void aPrefixMatchesWhatIsBelow() {
        PathPattern pattern = PathPattern.of("hooks", true);
        assertEquals(Optional.of(Map.of()), pattern.match("/hooks/a/b"));
        assertEquals(Optional.of(Map.of()), pattern.match("/hooks"));
        assertEquals(Optional.empty(), pattern.match("/hooksX"));
    }
}
