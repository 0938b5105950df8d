package gatepost.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationProblems;
import gatepost.contracts.events.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSettingsTest {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path home;

    private WebhookSettings read(Map<String, String> changes) throws ConfigurationProblems {
        Map<String, String> values = new HashMap<>(
                Map.of("url", "https://app.example.com/hook?key=1", "secret", SECRET, "events", "message.done"));
        values.putAll(changes);
        return WebhookSettings.of("gatepost.webhook~app", values, home);
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws ConfigurationProblems {
        WebhookSettings read = read(Map.of("events", "message.done, user.online"));
        assertEquals(Set.of(EventType.MESSAGE_DONE, EventType.USER_ONLINE), read.events());
        assertEquals(Duration.ofHours(1), read.after());
        assertEquals(4, read.connections());
        assertEquals("https://app.example.com/hook?…", read.shown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url | '' | expected https://HOST/PATH",
                "url | http://app.example.com/ | http goes to this machine only",
                "url | http://127.0.0.1.example.com/ | http goes to this machine only",
                "url | ftp://app.example.com/ | expected https",
                "url | https://u:p@app.example.com/ | without a name, a password",
                "url | https://app.example.com/#a | without",
                "url | https:/// | expected https://HOST",
                "url | not a url | it is no URL",
                "secret | '' | expected whsec_ and 24 to 64 bytes in Base64, env:NAME or file:PATH",
                "secret | MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | expected whsec_",
                "secret | whsec_!!! | not Base64",
                "secret | whsec_AAAA | expected 24 to 64 bytes behind whsec_, not 3",
                "secret | env:GATEPOST_NO_SUCH | GATEPOST_NO_SUCH is not set",
                "secret | file:none | none cannot be read",
                "events | '' | expected some of user.online, user.offline, session.opened",
                "events | message.red | there is no message.red, expected some of",
                "after | 0 | expected a whole number from 1 to 2592000",
                "connections | 65 | expected a whole number from 1 to 64",
                "conections | 4 | unknown key, expected one of after, connections, events, secret, url"
            })
    void whatCannotBeUsedIsRefusedWithWhatIsExpected(String key, String value, String reason) {
        ConfigurationProblems problems = assertThrows(ConfigurationProblems.class, () -> read(Map.of(key, value)));
        assertTrue(problems.getMessage().contains(key), problems.getMessage());
        assertTrue(problems.getMessage().contains(reason), problems.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "secret, whsec_hidden!",
        "secret, hidden",
        "secrt, whsec_hiddenhiddenhidden",
        "secrets, hidden",
        "url, ftp://app.example.com/?hidden=1",
        "url, https://app.example.com/?hidden=1#x",
        "events, whsec_hidden"
    })
    void noSecretIsInWhatIsSaid(String key, String value) {
        ConfigurationProblems problems = assertThrows(ConfigurationProblems.class, () -> read(Map.of(key, value)));
        assertFalse(problems.getMessage().contains("=hidden"), problems.getMessage());
        assertFalse(problems.getMessage().contains("hidden="), problems.getMessage());
        assertFalse(problems.getMessage().contains("= hidden"), problems.getMessage());
        assertFalse(problems.getMessage().contains("= whsec_"), problems.getMessage());
        assertFalse(new Object[] {SECRET}[0].equals(Secret.of(SECRET).toString()));
    }

    @Test
    void secretsComeFromFilesAndTwoAreUsedWhileOneIsRotated() throws IOException, ConfigurationProblems {
        Files.writeString(home.resolve("one"), SECRET + "\n");
        WebhookSettings read = read(Map.of("secret", "file:one whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assertEquals(2, read.secrets().size());
        assertEquals(Secret.of(SECRET), read.secrets().get(0));
        assertEquals(home.resolve("one"), read.files().get(0));
        ConfigurationProblems problems = assertThrows(
                ConfigurationProblems.class, () -> read(Map.of("secret", SECRET + " " + SECRET + " " + SECRET)));
        assertTrue(problems.getMessage().contains("expected one or two, not 3"), problems.getMessage());
        problems = assertThrows(ConfigurationProblems.class, () -> read(Map.of("secret", "file:later")));
        assertEquals(home.resolve("later"), problems.problems().get(0).awaits().get(0));
    }

    /** The example of the specification's own libraries. */
    @Test
    void theSignatureIsThatOfStandardWebhooks() {
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                Secret.of(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"));
    }
}
