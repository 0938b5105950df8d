package gatepost.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import gatepost.welcome.Due.Occasion;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WelcomeSettingsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:30:00.123Z");

    static WelcomeSettings settings(String... keysAndValues) {
        Map<String, Object> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        try {
            return WelcomeSettings.of(properties);
        } catch (ConfigurationProblems e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Greeting first(String user, String... keysAndValues) {
        return settings(keysAndValues).compose(new Due(user, Occasion.FIRST, 0), NOW);
    }

    private static Map<String, String> defaults() {
        return new TreeMap<>(Arrays.stream(WelcomeDefinition.class.getDeclaredMethods())
                .collect(Collectors.toMap(
                        key -> key.getName().replace('_', '.'),
                        key -> key.getDefaultValue().toString())));
    }

    @Test
    void fileThatShipsHoldsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("..", "..", "etc", "gatepost.welcome.cfg"))) {
            shipped.load(reader);
        }
        assertEquals(defaults(), new TreeMap<>(shipped));
    }

    @Test
    void readmeHasEveryKeyWithItsDefault() throws IOException {
        Map<String, String> rows = Pattern.compile("(?m)^\\| `([a-z.]+)` \\| (?:`(.*?)`)? ?\\|.+\\|$")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2) == null ? "" : row.group(2)));
        assertEquals(defaults(), new TreeMap<>(rows));
    }

    @Test
    void greetingIsWhatTheDefaultsSay() {
        assertEquals(
                new Greeting(
                        "queue://user.bob@example.com",
                        "text/plain",
                        "Welcome, bob@example.com!",
                        Map.of(),
                        Optional.of("welcome")),
                first("bob@example.com"));
    }

    @Test
    void placeholdersAreFilledInTextHeadersAndDestination() {
        Greeting greeting = first(
                "$1\\",
                "text",
                "{user} {time} {user} {} {A} { user }",
                "headers",
                "type=welcome, to = {user}=",
                "destination",
                "queue://{user}.news");
        assertEquals("$1\\ 2026-11-23T08:30:00Z $1\\ {} {A} { user }", greeting.text());
        assertEquals(Map.of("type", "welcome", "to", "$1\\="), greeting.headers());
        assertEquals("queue://$1\\.news", greeting.destination());
    }

    @Test
    void nameIsNoMoreThanTextInWhateverItStandsIn() {
        String name = "<b>\"&\\";
        String markup = "&#60;b&#62;&#34;&#38;\\";
        assertEquals(
                "<p>" + markup + "</p>",
                first(name, "content.type", "text/html; charset=utf-8", "text", "<p>{user}</p>")
                        .text());
        assertEquals(
                "<p>" + markup + "</p>",
                first(name, "content.type", "application/atom+xml", "text", "<p>{user}</p>")
                        .text());
        assertEquals(
                "{\"user\":\"<b>\\u0022&\\u005c\"}",
                first(name, "content.type", "application/json", "text", "{\"user\":\"{user}\"}")
                        .text());
        assertEquals(name, first(name, "text", "{user}").text());
    }

    @Test
    void whoComesBackGetsTheOtherText() {
        Due due =
                new Due("eve", Occasion.RETURN, NOW.minus(Duration.ofHours(71)).toEpochMilli());
        WelcomeSettings settings = settings("return.after", "1000", "return.text", "{days} days, {user}");
        assertEquals("2 days, eve", settings.compose(due, NOW).text());
    }

    @Test
    void onlyTheFirstGreetingComesOnceAndNeverAgain() {
        for (Occasion occasion : Occasion.values()) {
            assertEquals(
                    occasion == Occasion.FIRST,
                    settings().compose(new Due("eve", occasion, 1), NOW).once().isPresent(),
                    occasion.name());
        }
    }

    @Test
    void groupDecidesWhoIsGreeted() {
        assertTrue(settings().greets(Set.of("users", "testers")));
        assertFalse(settings().greets(Set.of("admins")));
        assertTrue(settings("group", "*").greets(Set.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enabled      | maybe
            group        | ''
            destination  | topic://news
            destination  | queue://user.>
            destination  | queue://user.{user},queue://all
            destination  | queue://user.{user}?consumer.exclusive=true
            destination  | queue://user.{time}
            text         | Welcome, {name}!
            text         | Welcome after {days} days
            return.text  | Welcome, {name}!
            content.type | text
            headers      | type
            headers      | =welcome
            headers      | ty pe=welcome
            headers      | to={name}
            headers      | Persistent=false
            headers      | CamelGatepostDestination=admin
            headers      | gatepost-message-id=1
            headers      | Gatepost-User=alice
            headers      | gatepost-later=1
            return.after | -1
            rate         | 0
            in.flight    | 1001
            """)
    void whatCannotBeUsedIsNamed(String key, String value) {
        ConfigurationProblems refused =
                assertThrows(ConfigurationProblems.class, () -> WelcomeSettings.of(Map.of(key, value)));
        assertEquals(List.of(key), refused.problems().stream().map(Problem::key).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "alice, true",
        "bob@example.com, true",
        "'', false",
        "'a,b', false",
        "a.>, false",
        "*, false",
        "a b, false",
        "a?b, false",
        "a/b, false",
        "queue:, false"
    })
    void nameThatCouldMeanAnotherQueueIsNotFit(String name, boolean fit) {
        assertEquals(fit, Addressee.isFit(name));
    }
}
