package gatepost.console.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.metrics.health.HealthCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HealthTest {

    private final Health health = new Health();

    @Test
    void withoutABrokerItIsAliveButNotReady() {
        assertEquals(List.of(), health.dead());
        assertEquals(1, health.unready().size());
        assertTrue(
                health.unready().get(0).contains("the broker is not there"),
                health.unready().toString());
    }

    @Test
    void everyProblemMakesItUnreadyAndOnlyTheIncurableOnesMakeItDead() {
        health.add(() -> List.of("the store is full"), Map.of(HealthCheck.NAME, "broker"));
        assertEquals(List.of("the store is full"), health.unready());
        assertEquals(List.of(), health.dead());

        HealthCheck incurable = incurable("an event loop is stuck");
        health.add(incurable, Map.of(HealthCheck.NAME, "event-loops"));
        assertEquals(List.of("an event loop is stuck", "the store is full"), health.unready());
        assertEquals(List.of("an event loop is stuck"), health.dead());

        health.remove(incurable);
        assertEquals(List.of(), health.dead());
    }

    private static HealthCheck incurable(String problem) {
        return new HealthCheck() {
            @Override
            public List<String> problems() {
                return List.of(problem);
            }

            @Override
            public boolean needsRestart() {
                return true;
            }
        };
    }
}
