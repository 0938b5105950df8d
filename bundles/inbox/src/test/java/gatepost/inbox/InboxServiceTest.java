package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.LoggingConfigurationReports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which queue is whose inbox. */
class InboxServiceTest {

    private static InboxService service(String... lines) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", InboxService.PID));
        for (int i = 0; i < lines.length; i += 2) {
            properties.put(lines[i], lines[i + 1]);
        }
        return new InboxService(new LoggingConfigurationReports(), new KnownUsers(), properties);
    }

    private final InboxService one = service("inbox.user", "queue://user.{user}");

    @Test
    void theOnlyInboxOfAUserNeedNotBeNamed() {
        Optional<ActiveMQQueue> alices = Optional.of(new ActiveMQQueue("user.alice"));
        assertEquals(alices, one.inbox("alice", Optional.empty()));
        assertEquals(alices, one.inbox("alice", Optional.of("user")));
        assertTrue(one.inbox("alice", Optional.of("news")).isEmpty());
        assertEquals(Optional.of(new ActiveMQQueue("user.alice.smith")), one.inbox("alice.smith", Optional.empty()));
    }

    @Test
    void oneOfSeveralHasToBeNamed() {
        InboxService two = service("inbox.user", "queue://user.{user}", "inbox.news", "queue://news.{user}.inbox");
        assertEquals(Set.of("news", "user"), two.kinds());
        assertTrue(two.inbox("alice", Optional.empty()).isEmpty());
        assertEquals(Optional.of(new ActiveMQQueue("news.alice.inbox")), two.inbox("alice", Optional.of("news")));
        // no queue of that name is an inbox of theirs
        assertTrue(two.inbox("alice.smith", Optional.of("news")).isEmpty());
    }

    @Test
    void withoutAConfigurationThereIsNone() {
        InboxService none = new InboxService(new LoggingConfigurationReports(), new KnownUsers(), Map.of());
        assertEquals(Set.of(), none.kinds());
        assertTrue(none.inbox("alice", Optional.empty()).isEmpty());
    }

    @Test
    void aQueueIsOneOrNot() {
        assertTrue(one.isInbox("user.alice"));
        for (String other : List.of("app.inbox", "user.>", "user.alice,user.bob", "user")) {
            assertFalse(one.isInbox(other), other);
        }
    }

    /** Such a name must not be taken for another's, nor for many. */
    @ParameterizedTest
    @ValueSource(strings = {"alice?consumer.priority=1", "alice,queue://user.bob", "*", ">", "a.>", ""})
    void aNameThatMeansSomethingElseThereHasNoInbox(String user) {
        assertTrue(one.inbox(user, Optional.empty()).isEmpty());
    }
}
