package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.connector.ConnectorDefinition;
import gatepost.configuration.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the distribution ships in etc/, what the definitions say and what the README explains is the same. */
class ShippedConfigurationTest {

    static Stream<Arguments> shipped() {
        return Stream.of(
                Arguments.of("gatepost.broker.cfg", BrokerDefinition.class),
                Arguments.of("gatepost.connector-stomp.cfg", ConnectorDefinition.class),
                Arguments.of("gatepost.connector-ws.cfg", ConnectorDefinition.class));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyKeyIsShippedWithItsDefaultAndExplained(String file, Class<?> definition) throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../etc", file))) {
            shipped.load(reader);
        }
        Map<String, String> defaults = new TreeMap<>();
        Settings empty = new Settings("test", Map.of(), definition);
        Stream.of(definition.getDeclaredMethods())
                .map(method -> method.getName().replace('_', '.'))
                .filter(key -> !key.equals("uri"))
                .forEach(key -> defaults.put(key, String.join(",", empty.list(key))));
        shipped.remove("uri");
        assertEquals(defaults, new TreeMap<>(shipped));
        String readme = Files.readString(Path.of("README.md"));
        defaults.forEach((key, value) -> assertTrue(
                readme.contains("| `" + key + "` | " + (value.isEmpty() ? "empty" : "`" + value + "`") + " |"), key));
        assertTrue(new TreeSet<>(shipped.stringPropertyNames()).containsAll(defaults.keySet()));
    }
}
