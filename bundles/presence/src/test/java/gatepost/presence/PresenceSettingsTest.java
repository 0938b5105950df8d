package gatepost.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
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

class PresenceSettingsTest {

    @Test
    void theShippedFileHasEachKeyWithItsDefault() throws IOException, ConfigurationProblems {
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("../../etc/gatepost.presence.cfg"))) {
            shipped.load(file);
        }
        assertEquals(
                Set.of("presence.grace", "names.per.user", "names.max", "wildcards.per.user", "wildcards.max"),
                shipped.stringPropertyNames());
        Map<String, String> values =
                shipped.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, shipped::getProperty));
        assertEquals(PresenceSettings.NONE, PresenceSettings.of(values));
        assertEquals(PresenceSettings.NONE, PresenceSettings.of(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"presence.grace,-1", "presence.grace,86401", "names.per.user,many", "wildcards.max,-1", "grace,15"})
    void whatCannotBeUsedIsRefused(String key, String value) {
        ConfigurationProblems problems =
                assertThrows(ConfigurationProblems.class, () -> PresenceSettings.of(Map.of(key, value)));
        assertEquals(
                key, problems.problems().stream().map(Problem::key).findFirst().orElseThrow());
    }
}
