package gatepost.configuration;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final String FILE = "felix.fileinstall.filename";

    @interface Definition {
        String name() default "gatepost";

        int queue_size() default 10;

        String[] origins() default {};
    }

    @Test
    void aKeyThatIsNotSetHasTheDefaultOfTheDefinition() {
        Settings settings = settings(Map.of());

        assertEquals("gatepost", settings.text("name"));
        assertDoesNotThrow(settings::verify);
    }

    @Test
    void whatTheFrameworkAddsIsNoKeyOfTheOperator() {
        Map<String, Object> added = Map.of("service.pid", "gatepost.test", FILE, "file:/x/etc/gatepost.test.cfg",
                "component.name", "x", "Plugin.target", "(gatepost.plugin=*)", "gatepost.plugin", "test");

        assertTrue(Settings.isBlank(added));
        assertDoesNotThrow(settings(added)::verify);
    }

    @Test
    void everyProblemIsReportedTogetherWithFileKeyAndValue() {
        Settings settings = settings(Map.of(FILE, "file:/x/etc/gatepost.test.cfg", "queue.size", "many", "colour", "red"));
        settings.number("queue.size", 1, 100);

        List<Problem> problems = assertThrows(ConfigurationProblems.class, settings::verify).problems();

        assertEquals(List.of("etc/gatepost.test.cfg: queue.size = many: expected a whole number from 1 to 100",
                "etc/gatepost.test.cfg: colour = red: unknown key, expected one of name, origins, queue.size"),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void aListIsReadFromCommasAndFromAnArray() {
        assertEquals(List.of("a", "b"), settings(Map.of("origins", " a, ,b ")).list("origins"));
        assertEquals(List.of("a", "b"), settings(Map.of("origins", new String[] {"a", "b"})).list("origins"));
        assertFalse(Settings.isBlank(Map.of("origins", "")));
    }

    private static Settings settings(Map<String, Object> values) {
        return new Settings("gatepost.test", values, Definition.class);
    }
}
