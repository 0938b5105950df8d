package gatepost.routes;

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
class ShippedConfigurationTest {

    private static final Path HOME = Path.of("/gatepost");

    @Test
    void everyKeyIsThereWithItsDefault() throws Exception {
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("../../etc/gatepost.routes.cfg"))) {
            shipped.load(file);
        }
        Map<String, String> defaults = new TreeMap<>();
        for (var method : RoutesDefinition.class.getDeclaredMethods()) {
            defaults.put(method.getName().replace('_', '.'), String.valueOf(method.getDefaultValue()));
        }
        assertEquals(defaults, new TreeMap<>(shipped));
        Map<String, Object> values = new HashMap<>();
        shipped.stringPropertyNames().forEach(key -> values.put(key, shipped.getProperty(key)));
        assertEquals(RoutesSettings.of(Map.of(), HOME), RoutesSettings.of(values, HOME));
        assertEquals(
                Path.of("/gatepost/etc/routes"), RoutesSettings.of(values, HOME).folder());
    }

    @Test
    void whatCannotBeUsedIsRefusedTogether() {
        ConfigurationProblems problems = assertThrows(
                ConfigurationProblems.class,
                () -> RoutesSettings.of(
                        Map.of("folder", "", "http.port", "0", "stop.timeout", "soon", "typo", "1"), HOME));
        assertEquals(4, problems.problems().size(), problems.getMessage());
    }
}
