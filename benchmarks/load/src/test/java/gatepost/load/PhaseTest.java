package gatepost.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseTest {

    @Test
    void aListOfPhasesIsRead() {
        assertEquals(
                List.of(
                        new Phase(Phase.Kind.CONNECT, true, 1, 0),
                        new Phase(Phase.Kind.WARMUP, false, 4, 20_000),
                        new Phase(Phase.Kind.RATE, true, 2_000, 0)),
                Phase.list("connect,warmup:direct:4:20000,rate:persistent:2000"));
    }

    @Test
    void itsNameInTheResultsTellsWhatIsCompared() {
        assertEquals("full:direct:16", Phase.list("full:direct:16:500").get(0).name());
        assertEquals("connect", Phase.list("connect").get(0).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sleep", "full:durable:1", "full:persistent:x", "full:persistent:1:1:1"})
    void whatIsNoPhaseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Phase.list(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"users=1", "--users", "--users=many", "--user=5", "--body=10"})
    void whatIsNoArgumentOrHasNoGoodValueIsRefused(String argument) {
        assertThrows(IllegalArgumentException.class, () -> {
            Arguments arguments = new Arguments(argument);
            Broker.of(arguments);
            Work.of(arguments);
            arguments.finish();
        });
    }
}
