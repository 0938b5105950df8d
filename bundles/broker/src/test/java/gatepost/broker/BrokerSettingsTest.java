package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerSettingsTest {

    @Test
    void defaultsAreSafe() throws ConfigurationProblems {
        BrokerSettings settings = BrokerSettings.of(Map.of("name", "gatepost"));
        assertEquals(List.of("authentication", "authorization"), settings.live().requiredPlugins());
        assertTrue(settings.fixed().durable());
        assertTrue(settings.fixed().data().endsWith("gatepost"));
    }

    @ParameterizedTest
    @CsvSource({
        "name,a b",
        "name,''",
        "data,''",
        "data,${nowhere}/x",
        "store,oracle",
        "store.limit,0",
        "memory.percent,91",
        "plugins.required,'a,a'",
        "connections.per.user,-1",
        "trace.queue,user",
        "trace.users,-1",
        "message.ttl,soon",
        "advisories,yes",
        "dead.letters,-1",
        "no.such.key,1"
    })
    void aValueThatCannotBeUsedIsNamed(String key, String value) {
        ConfigurationProblems problems = assertThrows(
                ConfigurationProblems.class,
                () -> BrokerSettings.of(Map.of(
                        key, value, "felix.fileinstall.filename", "file:/opt/gatepost/etc/gatepost.broker.cfg")));
        assertEquals(1, problems.problems().size(), problems.getMessage());
        Problem problem = problems.problems().get(0);
        assertEquals("etc/gatepost.broker.cfg", problem.file());
        assertEquals(key, problem.key());
        assertTrue(problem.toString().startsWith("etc/gatepost.broker.cfg: " + key + " = "), problem.toString());
    }

    /** It swapped the broker's core for one that nobody tests. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void whoStillHasJmxIsToldToDeleteIt(String value) {
        ConfigurationProblems problems =
                assertThrows(ConfigurationProblems.class, () -> BrokerSettings.of(Map.of("jmx", value)));

        assertEquals(1, problems.problems().size(), problems.getMessage());
        assertEquals("jmx", problems.problems().get(0).key());
        assertTrue(problems.problems().get(0).reason().contains("delete the line"), problems.getMessage());
    }

    @Test
    void allProblemsAreToldAtOnce() {
        ConfigurationProblems problems = assertThrows(
                ConfigurationProblems.class,
                () -> BrokerSettings.of(Map.of("name", "a b", "store", "x", "advisories", "1")));
        assertEquals(3, problems.problems().size());
    }
}
