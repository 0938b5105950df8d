package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import gatepost.contracts.inbox.InboxLimits;
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
                        "inbox.messages",
                        "inbox.bytes",
                        "inbox.full",
                        "inbox.forget",
                        "history.messages",
                        "history.age",
                        "history.bytes",
                        "devices.max",
                        "device.age",
                        "id.window",
                        "audience.names",
                        "audience.everyone",
                        "audience.online",
                        "audience.inbox",
                        "audience.ttl"),
                shipped.stringPropertyNames());
        Map<String, String> values =
                shipped.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, shipped::getProperty));

        InboxSettings settings = InboxSettings.of(values);

        InboxSettings defaults = InboxSettings.of(Map.of());
        assertEquals(
                new InboxSettings(
                        settings.patterns(),
                        defaults.history(),
                        defaults.devices(),
                        defaults.idWindow(),
                        new InboxLimits(10_000, 64 << 20, false),
                        0,
                        new AudienceSettings(
                                Optional.of(new QueuePattern("audience.", "{audience}", "")),
                                Optional.of("everyone"),
                                Optional.of("online"),
                                Optional.empty(),
                                defaults.audiences().ttl())),
                settings);
        assertEquals(defaults.limits(), settings.limits());
        assertEquals(2_592_000_000L, defaults.audiences().ttl());
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

    @Test
    void whatMayWaitIsNoLineOfAnInbox() throws ConfigurationProblems {
        InboxSettings settings = InboxSettings.of(
                Map.of("inbox.messages", "5", "inbox.bytes", "0", "inbox.full", "oldest", "inbox.forget", "60"));

        assertEquals(new InboxLimits(5, 0, true), settings.limits());
        assertEquals(60_000, settings.forgetAfter());
        assertEquals(Map.of(), settings.patterns());
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
                "history.size     | 1               | unknown key, expected one of audience.everyone, audience.inbox, audience.names, audience.online, audience.ttl, device.age, devices.max, history.age, history.bytes, history.messages, id.window, inbox.bytes, inbox.forget, inbox.full, inbox.messages",
                "inbox.messages   | many            | expected a whole number from 0 to 2147483647",
                "inbox.bytes      | 64M             | expected a whole number from 0 to 9223372036854775807",
                "inbox.full       | newest          | expected one of refuse, oldest",
                "inbox.forget     | never           | expected a whole number from 0 to 2147483647",
                "inbox.mesages    | 5               | expected queue:// and a name with {user}",
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
