package gatepost.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.configuration.ConfigurationProblems;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The file that ships against the definition. */
class TransportSettingsTest {

    @Test
    void everyKeyIsThereWithItsDefault() throws Exception {
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("../../etc/gatepost.transport.cfg"))) {
            shipped.load(file);
        }
        Map<String, String> defaults = new TreeMap<>();
        for (var method : TransportDefinition.class.getDeclaredMethods()) {
            defaults.put(method.getName().replace('_', '.'), String.valueOf(method.getDefaultValue()));
        }
        assertEquals(defaults, new TreeMap<>(shipped));
        Map<String, Object> values = new HashMap<>();
        shipped.stringPropertyNames().forEach(key -> values.put(key, shipped.getProperty(key)));
        assertEquals(TransportSettings.of(Map.of()), TransportSettings.of(values));
    }

    @Test
    void whatCannotBeUsedIsRefusedTogether() {
        ConfigurationProblems problems = assertThrows(
                ConfigurationProblems.class,
                () -> TransportSettings.of(Map.of("warm.up.connections", "-1", "warm.up", "false")));
        assertEquals(2, problems.problems().size(), problems.getMessage());
    }
}
