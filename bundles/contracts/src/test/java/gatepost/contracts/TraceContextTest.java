package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                PARENT,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings"
            })
    void aWellFormedParentIsHandedOnAsItIs(String parent) {
        assertEquals(Optional.of(new TraceContext(parent, Optional.empty())), TraceContext.of(parent, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                PARENT + "," + PARENT
            })
    void aMalformedOneIsIgnoredAndTheStateWithIt(String parent) {
        assertEquals(Optional.empty(), TraceContext.of(parent, "vendor=1"));
    }

    @Test
    void aStateGoesWithItUnlessItIsTooLongOrNoText() {
        assertEquals(Optional.of("a=1, b=2"), state("a=1, b=2"));
        assertEquals(Optional.of("x".repeat(512)), state("x".repeat(512)));
        assertEquals(Optional.empty(), state("x".repeat(513)));
        assertEquals(Optional.empty(), state(""));
        assertEquals(Optional.empty(), state("a=\u00e4"));
        assertEquals(Optional.empty(), state("a=1\nb=2"));
    }

    @Test
    void bothAreAddedUnderTheirNames() {
        Map<String, Object> values = new TreeMap<>();
        new TraceContext(PARENT, Optional.of("a=1")).addTo(values);
        assertEquals(Map.of("traceparent", PARENT, "tracestate", "a=1"), values);
    }

    private static Optional<String> state(String text) {
        return TraceContext.of(PARENT, text).orElseThrow().state();
    }
}
