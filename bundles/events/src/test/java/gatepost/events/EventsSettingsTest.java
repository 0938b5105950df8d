package gatepost.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.configuration.ConfigurationProblems;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsSettingsTest {

    @Test
    void theShippedFileHasEachKeyWithItsDefault() throws IOException, ConfigurationProblems {
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("../../etc/gatepost.events.cfg"))) {
            shipped.load(file);
        }
        assertEquals(Set.of("events.age", "events.max"), shipped.stringPropertyNames());
        Map<String, String> values =
                shipped.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, shipped::getProperty));
        assertEquals(EventsSettings.NONE, EventsSettings.of(values));
        assertEquals(EventsSettings.NONE, EventsSettings.of(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"events.age,59", "events.age,2592001", "events.max,0", "events.max,many", "age,15"})
    void whatCannotBeUsedIsRefused(String key, String value) {
        ConfigurationProblems problems =
                assertThrows(ConfigurationProblems.class, () -> EventsSettings.of(Map.of(key, value)));
        assertEquals(key, problems.problems().get(0).key());
    }
}
