package gatepost.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path folder;

    @interface Definition {

        String name() default "gatepost";

        int frame_size_max() default 7;

        boolean flag() default true;

        String[] list() default {"a", "b"};

        String required();

        boolean try$() default false;
    }

    @Test
    void whatIsNotSetHasTheDefaultOfTheDefinition() throws ConfigurationProblems {
        Settings settings = settings(Map.of());
        assertEquals("gatepost", settings.text("name"));
        assertEquals(7, settings.integer("frame.size.max", 0, 10));
        assertTrue(settings.flag("flag"));
        assertEquals(List.of("a", "b"), settings.list("list"));
        assertEquals("", settings.text("required"));
        assertFalse(settings.flag("try"));
        settings.verify();
    }

    @Test
    void valuesAreReadFromTextAndFromTypes() {
        Settings settings = settings(Map.of("frame.size.max", "9", "flag", false, "list", " x , ,y "));
        assertEquals(9, settings.integer("frame.size.max", 0, 10));
        assertFalse(settings.flag("flag"));
        assertEquals(List.of("x", "y"), settings.list("list"));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithFileKeyValueAndReason() {
        Settings settings = settings(Map.of(
                "frame.size.max",
                "many",
                "flag",
                "maybe",
                "typo",
                "1",
                "felix.fileinstall.filename",
                "file:/opt/g/etc/gatepost.test.cfg"));
        settings.integer("frame.size.max", 0, 10);
        settings.flag("flag");
        ConfigurationProblems problems = assertThrows(ConfigurationProblems.class, settings::verify);
        assertEquals(
                List.of(
                        "etc/gatepost.test.cfg: frame.size.max = many: expected a whole number from 0 to 10",
                        "etc/gatepost.test.cfg: flag = maybe: expected true or false",
                        "etc/gatepost.test.cfg: typo = 1: unknown key, expected one of flag, frame.size.max, list, name, required, try"),
                problems.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void aTextWithCommasIsQuotedAsItStands() {
        Settings settings = settings(Map.of("name", "Hello, you"));
        settings.problem("name", "too friendly");
        assertEquals(
                "gatepost.test: name = Hello, you: too friendly",
                assertThrows(ConfigurationProblems.class, settings::verify).getMessage());
    }

    @Test
    void aConfigurationWithoutAFileIsNamedByItsPid() {
        assertEquals("gatepost.test", settings(Map.of("name", "x")).file());
    }

    @Test
    void onlyTheFrameworksOwnKeysAreBlank() {
        assertTrue(Settings.isBlank(Map.of("service.pid", "x", "felix.fileinstall.filename", "f")));
        assertFalse(Settings.isBlank(Map.of("service.pid", "x", "name", "")));
    }

    @Test
    void aFileWithContentAndWithoutKeysIsNotBlankAndOneWithoutBytesIs() throws IOException {
        Path file = folder.resolve("gatepost.test.cfg");
        Map<String, Object> nothing = Map.of(
                "service.pid", "x", "felix.fileinstall.filename", file.toUri().toString());
        Files.writeString(file, "");
        assertTrue(Settings.isBlank(nothing));
        Files.writeString(file, "# name = x\n");
        assertFalse(Settings.isBlank(nothing));
        // the file was still empty when it was read, and is about to be read again
        Files.writeString(file, "name = x\n");
        assertTrue(Settings.isBlank(nothing));
    }

    @Test
    void whatIsWrongWithTheFileItselfRefusesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("gatepost.test.cfg"), "name = a\nname = ${env:NOPE}\n");
        Settings settings = settings(
                Map.of("name", "", "felix.fileinstall.filename", file.toUri().toString()));
        assertEquals(
                List.of(
                        "etc/gatepost.test.cfg: name: the key is there more than once",
                        "etc/gatepost.test.cfg: name = ${env:NOPE}: the environment variable NOPE is not set, or empty; a default is written "
                                + "${env:NOPE:-DEFAULT}"),
                assertThrows(ConfigurationProblems.class, settings::verify).problems().stream()
                        .map(Problem::toString)
                        .toList());
    }

    @Test
    void aPlaceholderThatConfigAdminLeftAsItIsIsRefused() {
        Settings settings = settings(Map.of("name", "x$[env:NOPE]"));
        assertEquals(
                "gatepost.test: name = $[env:NOPE]: it is not set; a default is written ;default=DEFAULT before the ]",
                assertThrows(ConfigurationProblems.class, settings::verify).getMessage());
    }

    @Test
    void aKeyThatTheDefinitionLacksIsAFaultOfTheCode() {
        assertThrows(IllegalArgumentException.class, () -> settings(Map.of()).text("nothing"));
    }

    private static Settings settings(Map<String, Object> properties) {
        return new Settings("gatepost.test", properties, Definition.class);
    }
}
