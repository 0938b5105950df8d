package gatepost.broker.connector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.configuration.ConfigurationProblems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"stomp://0.0.0.0:61612", "ws://127.0.0.1:61614", "wss://[::1]:0", "stomp+ssl://localhost:61613/"
            })
    void theSchemesOfTheTransportAreTaken(String uri) throws ConfigurationProblems {
        assertEquals(uri, ConnectorSettings.of("p", Map.of("uri", uri)).uri().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "61612",
                "tcp://0.0.0.0:61616",
                "stomp://0.0.0.0",
                "stomp://:1",
                "ws://h:70000",
                "ws://h:1/stomp",
                "stomp://u@h:1",
                "ws://h:1?a=b",
                "ws:// h:1"
            })
    void anythingElseIsRefusedByItsKey(String uri) {
        ConfigurationProblems problems =
                assertThrows(ConfigurationProblems.class, () -> ConnectorSettings.of("p", Map.of("uri", uri)));
        assertEquals("uri", problems.problems().get(0).key());
    }

    @ParameterizedTest
    @CsvSource({
        "path,stomp",
        "connections.max,0",
        "frame.size.max,12",
        "headers.max,x",
        "write.timeout,-1",
        "prefetch.auto,0",
        "uri2,x"
    })
    void aValueOutOfRangeIsRefusedByItsKey(String key, String value) {
        ConfigurationProblems problems = assertThrows(
                ConfigurationProblems.class, () -> ConnectorSettings.of("p", Map.of("uri", "stomp://h:1", key, value)));
        assertEquals(key, problems.problems().get(0).key());
    }

    @Test
    void optionsHaveTheTypesOfTheDefinition() throws ConfigurationProblems {
        Map<String, Object> options = ConnectorSettings.of(
                        "p", Map.of("uri", "stomp://h:1", "origins", "https://a, https://b"))
                .options();
        assertArrayEquals(new String[] {"https://a", "https://b"}, (String[]) options.get("origins"));
        assertEquals(4 << 20, options.get("frame.size.max"));
    }
}
