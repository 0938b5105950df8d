package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxSettingsTest {

    @Test
    void theShippedFileHasEachKeyWithItsDefault() throws IOException, ConfigurationProblems {
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("../../etc/gatepost.inbox.cfg"))) {
            shipped.load(file);
        }
        assertEquals(
                Set.of(
                        "inbox.user",
                        "history.messages",
                        "history.age",
                        "history.bytes",
                        "devices.max",
                        "device.age",
                        "id.window"),
                shipped.stringPropertyNames());
        Map<String, String> values =
                shipped.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, shipped::getProperty));

        InboxSettings settings = InboxSettings.of(values);

        InboxSettings defaults = InboxSettings.of(Map.of());
        assertEquals(
                new InboxSettings(settings.patterns(), defaults.history(), defaults.devices(), defaults.idWindow()),
                settings);
        assertEquals(Optional.of("alice"), settings.owner("user.alice"));
        assertEquals(Optional.empty(), settings.owner("app.inbox"));
    }

    @Test
    void withoutALineNoQueueIsAnInbox() throws ConfigurationProblems {
        assertEquals(Optional.empty(), InboxSettings.of(Map.of()).owner("user.alice"));
        assertEquals(Optional.empty(), InboxSettings.NONE.owner("user.alice"));
    }

    @Test
    void severalLinesAreSeveralInboxesOfAUser() throws ConfigurationProblems {
        InboxSettings settings =
                InboxSettings.of(Map.of("inbox.user", "queue://user.{user}", "inbox.news", "queue://news.{user}"));

        assertEquals(Optional.of("bob"), settings.owner("user.bob"));
        assertEquals(Optional.of("bob"), settings.owner("news.bob"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inbox.user       | queue://user.>  | expected exactly one {user}",
                "inbox.           | queue://a.{user} | expected a name after inbox.",
                "history.messages | -1              | expected a whole number from 0 to 100000",
                "history.age      | a week          | expected a whole number from 0 to 2147483647",
                "history.bytes    | 1M              | expected a whole number from 0 to 9223372036854775807",
                "devices.max      | 0               | expected a whole number from 1 to 1000",
                "device.age       | 59              | expected a whole number from 60 to 2147483647",
                "id.window        | -1              | expected a whole number from 0 to 2147483647",
                "history.size     | 1               | unknown key, expected one of device.age, devices.max, history.age, history.bytes, history.messages, id.window",
            })
    void whatCannotBeUsedIsNamed(String key, String value, String reason) {
        Map<String, Object> values = new HashMap<>(Map.of("service.pid", InboxService.PID));
        values.put(key, value);

        ConfigurationProblems refused = assertThrows(ConfigurationProblems.class, () -> InboxSettings.of(values));

        assertEquals(List.of(new Problem(InboxService.PID, key, value, reason)), refused.problems());
    }

    @Test
    void twoLinesThatCouldMeetAreRefused() {
        ConfigurationProblems refused = assertThrows(
                ConfigurationProblems.class,
                () -> InboxSettings.of(Map.of("inbox.a", "queue://user.{user}", "inbox.b", "queue://user.vip.{user}")));

        assertEquals(
                List.of(new Problem(
                        InboxService.PID,
                        "inbox.b",
                        "queue://user.vip.{user}",
                        "a queue could be of this and of inbox.a = queue://user.{user}")),
                refused.problems());
    }
}
