package gatepost.console.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationChecks;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import gatepost.console.configuration.ConfigurationChanges.Applied;
import gatepost.console.configuration.ConfigurationChanges.Checked;
import gatepost.console.configuration.ConfigurationChanges.Editable;
import gatepost.console.configuration.ConfigurationChanges.Fault;
import gatepost.console.web.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationChangesTest {

    private static final String NAME = "gatepost.thing.cfg";
    private static final String TEXT = "# a thing\nsize = 1\nthing.password = hunter22\n";

    @TempDir
    private Path etc;

    private ConfigurationChanges changes;

    @interface Definition {

        int size() default 7;

        String thing_password() default "";
    }

    /** It tells what it should not, as somebody's will one day. */
    private static List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        Settings settings = new Settings(pid, properties, Definition.class);
        int size = settings.integer("size", 0, 10);
        if (settings.text("thing.password").equals("wrong-one")) {
            settings.problem("thing.password", "wrong-one is no password");
        }
        settings.verify();
        return List.of(size + " with " + settings.text("thing.password"));
    }

    @BeforeEach
    void put() throws IOException {
        Files.writeString(etc.resolve(NAME), TEXT);
        Files.writeString(etc.resolve("gatepost.other.cfg"), "secret = 1");
        ConfigurationChecks checks = new ConfigurationChecks();
        checks.addCheck(ConfigurationChangesTest::check, Map.of(ConfigurationCheck.PID, "gatepost.thing"));
        changes = new ConfigurationChanges(checks, etc);
    }

    private String onDisk() throws IOException {
        return Files.readString(etc.resolve(NAME));
    }

    private int status(String version, String text) {
        return assertThrows(Refused.class, () -> changes.apply(NAME, version, text))
                .status();
    }

    @Test
    void whatIsReadHasNoSecretsInIt() throws Exception {
        Editable file = changes.read(NAME);
        assertEquals("# a thing\nsize = 1\nthing.password = ‹hidden 1›\n", file.text());
        assertFalse(file.undo());
    }

    @Test
    void aFileThatNobodyKnowsHowToCheckIsNotGivenOut() throws IOException {
        assertFalse(changes.isKnown("gatepost.other.cfg"));
        Refused refused = assertThrows(Refused.class, () -> changes.read("gatepost.other.cfg"));
        assertEquals(409, refused.status());
        assertEquals(List.of("gatepost.other.cfg", NAME), List.copyOf(changes.names()));
    }

    @Test
    void aCheckTellsTheLineOfWhatIsWrongAndNoSecret() throws Exception {
        Editable file = changes.read(NAME);
        Checked checked =
                changes.check(NAME, file.version(), "size = many\nwidth = 1\nthing.password = wrong-one\nx = \\u1\n");
        assertEquals(
                List.of(
                        new Fault(
                                4,
                                "x",
                                "expected four hexadecimal digits after \\u in line 4; a backslash itself is written \\\\"),
                        new Fault(1, "size", "expected a whole number from 0 to 10"),
                        new Fault(3, "thing.password", "‹hidden› is no password"),
                        new Fault(2, "width", "unknown key, expected one of size, thing.password"),
                        new Fault(4, "x", "unknown key, expected one of size, thing.password")),
                checked.faults());
        assertEquals(List.of(), checked.effects());
        assertFalse(checked.toString().contains("wrong-one"));
        assertEquals(TEXT, onDisk());
    }

    @Test
    void aCheckTellsWhatWouldBecomeDifferent() throws Exception {
        Editable file = changes.read(NAME);
        Checked checked = changes.check(NAME, file.version(), file.text().replace("size = 1", "size = 2"));
        assertEquals(List.of(), checked.faults());
        assertEquals(List.of("2 with ‹hidden›"), checked.effects());
        assertEquals(
                List.of(
                        new LineDifference.Line("same", 1, 1, "# a thing"),
                        new LineDifference.Line("removed", 2, 0, "size = 1"),
                        new LineDifference.Line("added", 0, 2, "size = 2"),
                        new LineDifference.Line("same", 3, 3, "thing.password = ‹hidden 1›")),
                checked.difference());
        assertEquals(TEXT, onDisk());
    }

    @Test
    void whatIsAppliedKeepsTheSecretAndCanBeTakenBack() throws Exception {
        Editable file = changes.read(NAME);
        Applied applied = changes.apply(NAME, file.version(), file.text().replace("size = 1", "size = 2"));
        assertFalse(applied.same());
        assertEquals(TEXT.replace("size = 1", "size = 2"), onDisk());
        Editable now = changes.read(NAME);
        assertEquals(applied.version(), now.version());
        assertTrue(now.undo());

        changes.undo(NAME, now.version());
        assertEquals(TEXT, onDisk());
        assertTrue(changes.read(NAME).undo(), "and that as well");
    }

    @Test
    void aNewSecretIsTakenBackToTheOldOne() throws Exception {
        Editable file = changes.read(NAME);
        Applied applied = changes.apply(NAME, file.version(), file.text().replace("‹hidden 1›", "new-secret"));
        assertEquals(TEXT.replace("hunter22", "new-secret"), onDisk());
        changes.undo(NAME, applied.version());
        assertEquals(TEXT, onDisk());
    }

    @Test
    void whatWouldBeRefusedIsNotApplied() throws Exception {
        String version = changes.read(NAME).version();
        Refused refused =
                assertThrows(Refused.class, () -> changes.apply(NAME, version, "\nthing.password = wrong-one\n"));
        assertEquals(422, refused.status());
        assertEquals(
                "etc/gatepost.thing.cfg would be refused: line 2, thing.password: ‹hidden› is no password.",
                refused.getMessage());
        assertEquals(422, status(version, ""));
        assertEquals(422, status(version, "size = ‹hidden 1›"));
        assertEquals(TEXT, onDisk());
    }

    @Test
    void aFileThatHasChangedSinceIsNotWrittenOverByAnybody() throws Exception {
        Editable file = changes.read(NAME);
        Applied applied = changes.apply(NAME, file.version(), "size = 2\n");
        Files.writeString(etc.resolve(NAME), "size = 3\n");
        assertEquals(409, status(file.version(), "size = 4\n"));
        assertEquals(409, status(applied.version(), "size = 4\n"));
        for (String version : List.of(applied.version(), changes.read(NAME).version())) {
            assertEquals(
                    409,
                    assertThrows(Refused.class, () -> changes.undo(NAME, version))
                            .status());
        }
        assertEquals(
                409,
                assertThrows(Refused.class, () -> changes.check(NAME, file.version(), "size = 4"))
                        .status());
        assertFalse(changes.read(NAME).undo());
        assertEquals("size = 3\n", onDisk());
    }

    @Test
    void aChangeOfCommentsOnlyIsToldFromOthers() throws Exception {
        Editable file = changes.read(NAME);
        assertTrue(
                changes.apply(NAME, file.version(), "# other\n" + file.text()).same());
    }

    @Test
    void lineEndsStayAsTheyWere() throws Exception {
        Files.writeString(etc.resolve(NAME), "size = 1\r\n# x\r\n");
        changes.apply(NAME, changes.read(NAME).version(), "size = 2\n# x\n");
        assertEquals("size = 2\r\n# x\r\n", onDisk());
    }
}
