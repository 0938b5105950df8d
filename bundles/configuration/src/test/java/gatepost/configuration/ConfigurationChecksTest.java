package gatepost.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationChecks.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationChecksTest {

    private static final String FILE = "gatepost.thing-one.cfg";

    private final ConfigurationChecks checks = new ConfigurationChecks();
    private String askedFor;

    @interface Definition {

        int size() default 7;

        String name() default "";
    }

    /** What a component does. */
    private List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        askedFor = pid;
        Settings settings = new Settings(pid, properties, Definition.class);
        int size = settings.integer("size", 0, 10);
        if (settings.text("name").equals(System.getenv("PATH"))) {
            settings.problem("name", "there is no " + settings.text("name"));
        }
        settings.verify();
        return List.of("the size would be " + size);
    }

    @BeforeEach
    void register() {
        checks.addCheck(this::check, Map.of(ConfigurationCheck.PID, "gatepost.thing"));
    }

    private Result result(String text) throws IOException {
        return checks.check(FILE, text);
    }

    @Test
    void whatWouldBeTakenTellsWhatItWouldDo() throws IOException {
        Result result = result("# a thing\nsize = 3\n");
        assertEquals(List.of(), result.problems());
        assertEquals(List.of("the size would be 3"), result.effects());
        assertEquals("gatepost.thing~one", askedFor);
        assertTrue(checks.of(FILE).isPresent());
    }

    @Test
    void everythingThatIsWrongIsToldUnderTheNameThatTheFileWouldHave() throws IOException {
        Result result = result("size = many\nwidth = 1\nname = a\nname = b\n");
        assertEquals(
                List.of(
                        "etc/" + FILE + ": name: the key is there more than once",
                        "etc/" + FILE + ": size = many: expected a whole number from 0 to 10",
                        "etc/" + FILE + ": width = 1: unknown key, expected one of name, size"),
                result.problems().stream().map(Problem::toString).toList());
        assertEquals(List.of(), result.effects());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<xml/>",
                "size = ${env:GATEPOST_NOT_SET}",
                "name = \\u12",
                "size = ${size}",
                "\uFEFFsize = 1"
            })
    void whatCannotBeReadIsRefused(String text) throws IOException {
        assertNotEquals(List.of(), result(text).problems());
    }

    @Test
    void placeholdersAreReplacedAsTheyAreInAFile() throws IOException {
        assertEquals(
                List.of("the size would be 4"),
                result("size = ${env:GATEPOST_NOT_SET:-4}").effects());
    }

    @Test
    void whatAPlaceholderStandsForIsToldToNobody() throws IOException {
        Result result = result("name = ${env:PATH}");
        assertEquals("there is no ${env:PATH}", result.problems().get(0).reason());
    }

    @Test
    void twoTextsThatDifferInCommentsOnlySetTheSame() throws IOException {
        assertEquals(result("size = 1").values(), result("#\nsize=1\n").values());
        assertNotEquals(result("size = 1").values(), result("size = 2").values());
    }

    @Test
    void nothingOfATextStays() throws IOException {
        String name = "gatepost.thing-" + UUID.randomUUID() + ".cfg";
        checks.check(name, "size = 3");
        checks.check(name, "size = ${size}");
        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertFalse(left.anyMatch(folder -> Files.exists(folder.resolve(name))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gatepost.other.cfg", "gatepost.thing.properties", "users.properties", "..", "", "gatepost.thing"
            })
    void whatNobodyReadsNobodyChecks(String file) {
        assertTrue(checks.of(file).isEmpty());
    }

    @Test
    void whoGoesChecksNoMore() {
        ConfigurationCheck other = (pid, properties) -> List.of();
        checks.addCheck(other, Map.of(ConfigurationCheck.PID, "gatepost.other"));
        assertTrue(checks.of("gatepost.other.cfg").isPresent());
        checks.removeCheck(other, Map.of(ConfigurationCheck.PID, "gatepost.other"));
        assertTrue(checks.of("gatepost.other.cfg").isEmpty());
    }

    @Test
    void keysThatSoundLikeSecretsAreSome() {
        ConfigurationCheck check = (pid, properties) -> List.of();
        for (String key : List.of("tls.password", "secret", "Passphrase", "my.secrt", "db.pwd", "private.key")) {
            assertTrue(check.isSecret(key, "x"), key);
        }
        assertFalse(check.isSecret("token.keys", "RS256:etc/keys/a.pem"));
    }
}
