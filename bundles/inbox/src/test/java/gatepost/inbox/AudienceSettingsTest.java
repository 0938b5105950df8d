package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which queues reach many inboxes. */
class AudienceSettingsTest {

    private static final Map<String, String> ALL = Map.of(
            "inbox.user", "queue://user.{user}",
            "audience.names", "queue://audience.{audience}",
            "audience.everyone", "queue://everyone",
            "audience.online", "queue://online");

    private static InboxSettings with(String... changes) throws ConfigurationProblems {
        Map<String, String> values = new HashMap<>(ALL);
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return InboxSettings.of(values);
    }

    @Test
    void eachQueueIsOneKind() throws ConfigurationProblems {
        InboxSettings settings = with();
        AudienceSettings audiences = settings.audiences();
        assertEquals(Optional.of("project.7"), audiences.name("audience.project.7"));
        assertTrue(audiences.isEveryone("everyone"));
        assertTrue(audiences.isOnline("online"));
        for (String queue : List.of("audience.a", "everyone", "online")) {
            assertTrue(settings.isToMany(queue), queue);
            assertEquals(Optional.empty(), settings.owner(queue));
        }
        for (String queue : List.of("audience", "audience.", "user.alice", "everyone.else", "app.inbox")) {
            assertFalse(settings.isToMany(queue), queue);
        }
    }

    @Test
    void withoutALineThereIsNone() throws ConfigurationProblems {
        InboxSettings settings = with("audience.names", "", "audience.everyone", " ", "audience.online", "");
        for (String queue : List.of("audience.a", "everyone", "online", "")) {
            assertFalse(settings.isToMany(queue), queue);
        }
        assertFalse(InboxSettings.NONE.isToMany("everyone"));
    }

    @Test
    void whereNobodyHasAnInboxNothingReachesMany() throws ConfigurationProblems {
        Map<String, String> values = new HashMap<>(ALL);
        values.remove("inbox.user");
        values.put("audience.inbox", "user");
        assertFalse(InboxSettings.of(values).isToMany("everyone"));
    }

    @Test
    void ofSeveralInboxesOfAUserOneIsNamed() throws ConfigurationProblems {
        assertEquals(
                Optional.of("news"),
                with("inbox.news", "queue://news.{user}", "audience.inbox", "news")
                        .audiences()
                        .kind());
        assertEquals(
                "expected one of news, user: which inbox of a user a message goes to",
                problem("audience.inbox", "inbox.news", "queue://news.{user}"));
        assertEquals(
                Optional.empty(),
                InboxSettings.of(Map.of("inbox.user", "queue://user.{user}", "inbox.news", "queue://news.{user}"))
                        .audiences()
                        .kind(),
                "without audiences nobody asks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audience.names    | queue://audience                | expected exactly one {audience}",
                "audience.names    | queue://audience.{user}         | expected exactly one {audience}",
                "audience.names    | queue://{audience}.{audience}   | expected exactly one {audience}",
                "audience.names    | topic://audience.{audience}     | expected queue:// and a name with {audience}",
                "audience.names    | queue://audience.{audience}.>   | expected no wildcard, comma, question mark, white space or control character",
                "audience.names    | queue://a{audience}             | expected {audience} to be a whole segment of the name",
                "audience.names    | queue://user.{audience}         | a queue could be of this and of inbox.user = queue://user.{user}",
                "audience.names    | queue://user.all.{audience}     | a queue could be of this and of inbox.user = queue://user.{user}",
                "audience.everyone | everyone                        | expected queue:// and a name",
                "audience.everyone | queue://all.*                   | expected no wildcard, comma, question mark, white space or control character",
                "audience.everyone | queue://all.                    | expected no empty segment",
                "audience.everyone | queue://user.all                | a queue could be of this and of inbox.user = queue://user.{user}",
                "audience.everyone | queue://audience.all            | a queue could be of this and of audience.names = queue://audience.{audience}",
                "audience.online   | queue://user.online             | a queue could be of this and of inbox.user = queue://user.{user}",
                "audience.online   | queue://everyone                | it is audience.everyone, too",
                "audience.inbox    | news                            | expected one of user",
                "audience.ttl      | a month                         | expected a whole number from 0 to 2147483647",
            })
    void whatCannotBeUsedIsNamed(String key, String value, String reason) {
        assertEquals(reason, problem(key, key, value));
    }

    /** @return the only problem, which is about that key */
    private static String problem(String key, String... changes) {
        List<Problem> problems =
                assertThrows(ConfigurationProblems.class, () -> with(changes)).problems();
        assertEquals(1, problems.size(), problems::toString);
        assertEquals(key, problems.get(0).key());
        return problems.get(0).reason();
    }
}
