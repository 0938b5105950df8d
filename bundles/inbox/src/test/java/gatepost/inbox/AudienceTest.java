package gatepost.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.LoggingConfigurationReports;
import gatepost.contracts.Durability;
import gatepost.contracts.Reach;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
import gatepost.inbox.SpreadRoom.Spread;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Audiences in a broker of this process; how a message comes into many inboxes is the broker's, and tested there. */
class AudienceTest {

    private static final ActiveMQQueue TEAM = new ActiveMQQueue("audience.team");
    private static final ActiveMQQueue EVERYONE = new ActiveMQQueue("everyone");

    @TempDir
    private Path folder;

    private final KnownUsers users = new KnownUsers();
    private final InboxService service = new InboxService(
            new LoggingConfigurationReports(),
            users,
            Map.of(
                    "service.pid", InboxService.PID,
                    "inbox.user", "queue://user.{user}",
                    "audience.names", "queue://audience.{audience}",
                    "audience.everyone", "queue://everyone",
                    "audience.ttl", "60"));
    private final InboxPlugin plugin = new InboxPlugin(service);
    private final Audiences audiences = new Audiences(service, plugin);
    private final UserInboxes inboxes = new UserInboxes(service, plugin, audiences);
    private final SpreadRoom room = new SpreadRoom();
    private TestBroker broker;
    private ActiveMQConnection connection;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(folder, plugin, Optional.of(new Spreading()));
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://limits?create=false");
        factory.setWatchTopicAdvisories(false);
        factory.setAlwaysSyncSend(true);
        factory.setCopyMessageOnSend(false);
        connection = (ActiveMQConnection) factory.createConnection(TestBroker.APPLICATION, "");
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.close();
    }

    private Reach send(ActiveMQQueue queue, String... properties) throws JMSException {
        return send(session, queue, DeliveryMode.PERSISTENT, 0, properties);
    }

    private static Reach send(Session session, ActiveMQQueue queue, int mode, long ttl, String... properties)
            throws JMSException {
        BytesMessage message = session.createBytesMessage();
        for (int i = 0; i < properties.length; i += 2) {
            message.setStringProperty(properties[i], properties[i + 1]);
        }
        try (MessageProducer producer = session.createProducer(queue)) {
            producer.send(message, mode, 4, ttl);
        }
        return Durability.of(((Message) message).getMessageId())
                .flatMap(Durability::reach)
                .orElseThrow();
    }

    private Spread last() {
        return room.spreads().get(room.spreads().size() - 1);
    }

    private static void assertRefused(String reason, JMSException refused) {
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void whatIsSentGoesToTheMembersAndItsSenderHearsHowMany() throws Exception {
        audiences.add("team", List.of("alice", "bob", "carol"));
        room.full.add("user.bob");
        assertEquals(new Reach(2, 1), send(TEAM));
        assertEquals(List.of("user.alice", "user.bob", "user.carol"), last().inboxes());
        audiences.remove("team", List.of("bob"));
        audiences.add("team", List.of("dave"));
        assertEquals(new Reach(3, 0), send(TEAM));
        assertEquals(List.of("user.alice", "user.carol", "user.dave"), last().inboxes());
    }

    @Test
    void whereNobodyIsNothingIsSentAndTheSenderHearsThat() throws Exception {
        assertEquals(new Reach(0, 0), send(TEAM));
        assertEquals(List.of(), room.spreads());
        assertEquals(Map.of(), audiences.sizes(), "and there is no audience of that name");
    }

    @Test
    void whatDoesNotSayWhenItExpiresDoesSoAfterAWhile() throws Exception {
        audiences.add("team", List.of("alice"));
        long before = System.currentTimeMillis();
        send(TEAM);
        long expires = last().message().getExpiration();
        assertTrue(expires >= before + 60_000 && expires <= System.currentTimeMillis() + 60_000, () -> "" + expires);
        send(session, TEAM, DeliveryMode.PERSISTENT, 3_600_000);
        assertTrue(last().message().getExpiration() >= before + 3_600_000);
    }

    @Test
    void whatCannotComeIntoManyInboxesIsRefused() throws Exception {
        audiences.add("team", List.of("alice"));
        assertRefused(
                "persistent",
                assertThrows(JMSException.class, () -> send(session, TEAM, DeliveryMode.NON_PERSISTENT, 0)));
        Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
        assertRefused(
                "transaction",
                assertThrows(JMSException.class, () -> send(transacted, TEAM, DeliveryMode.PERSISTENT, 0)));
        assertRefused("gatepost-once", assertThrows(JMSException.class, () -> send(TEAM, "gatepost-once", "1")));
        assertRefused(
                "gatepost-collapse", assertThrows(JMSException.class, () -> send(TEAM, "gatepost-collapse", "1")));
        assertEquals(List.of(), room.spreads());
    }

    @Test
    void theSameIdIsSentOnceAlsoWhenTheAudienceWasUnloadedMeanwhile() throws Exception {
        audiences.add("team", List.of("alice", "bob"));
        assertEquals(new Reach(2, 0), send(TEAM, "gatepost-id", "1"));
        audiences.add("team", List.of("carol"));
        assertEquals(new Reach(2, 0), send(TEAM, "gatepost-id", "1"), "it is answered as the first");
        await().until(() -> !broker.isLoaded(TEAM));
        assertEquals(new Reach(2, 0), send(TEAM, "gatepost-id", "1"));
        assertEquals(1, room.spreads().size());
        assertEquals(new Reach(3, 0), send(TEAM, "gatepost-id", "2"));
        assertEquals(2, service.totals().duplicates().sum());
    }

    @Test
    void nobodyReadsIt() throws Exception {
        assertRefused("read by nobody", assertThrows(JMSException.class, () -> session.createConsumer(TEAM)));
        assertRefused(
                "read by nobody",
                assertThrows(
                        JMSException.class, () -> session.createBrowser(TEAM).getEnumeration()));
        assertRefused(
                "audience.team is read by nobody",
                assertThrows(
                        JMSException.class,
                        () -> session.createConsumer(new ActiveMQQueue("user.alice,audience.team"))));
    }

    @Test
    void whoReadsAllQueuesNoticesNothing() throws Exception {
        audiences.add("team", List.of("alice"));
        MessageConsumer all = session.createConsumer(new ActiveMQQueue(">"));
        send(TEAM);
        assertNull(all.receiveNoWait());
        all.close();
        assertEquals(new Reach(1, 0), send(TEAM));
    }

    @Test
    void itIsOneOfSeveralDestinationsAsAnInboxIs() throws Exception {
        audiences.add("team", List.of("alice"));
        session.createProducer(new ActiveMQQueue("user.bob,audience.team")).send(session.createMessage());
        assertEquals(List.of("user.alice"), last().inboxes());
        assertEquals(Set.of("bob"), inboxes.users());
    }

    @Test
    void membersAreTheSameAfterAStart() throws Exception {
        audiences.add("team", List.of("alice", "bob"));
        audiences.add("project.7", List.of("carol"));
        connection.close();
        broker.close();
        start();
        assertEquals(Map.of("team", 2, "project.7", 1), audiences.sizes());
        assertEquals(Set.of("alice", "bob"), audiences.members("team"));
        assertEquals(Set.of("project.7"), audiences.of("carol"));
        assertEquals(new Reach(2, 0), send(TEAM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "*", ">", "a.>", "alice?x=1", "alice,bob", "a\nb"})
    void whoCanHaveNoInboxIsNoMemberNorIsThatAnAudience(String name) throws Exception {
        assertThrows(IllegalArgumentException.class, () -> audiences.add("team", List.of("alice", name)));
        assertThrows(IllegalArgumentException.class, () -> audiences.add(name, List.of("alice")));
        assertEquals(Map.of(), audiences.sizes());
    }

    @Test
    void withoutMembersNothingIsLeftOfIt() throws Exception {
        audiences.add("team", List.of("alice", "bob"));
        send(TEAM, "gatepost-id", "1");
        assertEquals(1, audiences.remove("team", List.of("alice", "dave")));
        assertTrue(broker.store.holds(TEAM));
        assertEquals(1, audiences.removeAll("team"));
        assertFalse(broker.store.holds(TEAM));
        assertThrows(IllegalArgumentException.class, () -> audiences.members("team"));
        assertThrows(IllegalArgumentException.class, () -> audiences.remove("team", List.of("alice")));
        audiences.add("team", List.of("alice"));
        assertEquals(new Reach(1, 0), send(TEAM, "gatepost-id", "1"), "nor of what was sent");
    }

    @Test
    void lookingMakesNone() {
        assertThrows(IllegalArgumentException.class, () -> audiences.members("team"));
        assertEquals(Set.of(), audiences.names());
        assertThrows(IllegalArgumentException.class, () -> inboxes.erase("alice"));
        assertEquals(Set.of(), audiences.names());
    }

    @Test
    void whoIsErasedIsAMemberOfNone() throws Exception {
        audiences.add("team", List.of("alice", "bob"));
        audiences.add("other", List.of("alice"));
        audiences.add("without", List.of("bob"));
        assertEquals(Set.of("other", "team"), inboxes.remembered("alice").audiences());
        assertEquals(Map.of("team", 2, "other", 1, "without", 1), audiences.sizes());

        assertEquals(Set.of("other", "team"), inboxes.erase("alice").audiences());

        assertEquals(Map.of("team", 1, "without", 1), audiences.sizes());
    }

    @Test
    void itIsNoInboxOfAnybody() throws Exception {
        audiences.add("team", List.of("alice"));
        send(TEAM);
        assertEquals(Set.of(), inboxes.users());
        assertEquals(0, inboxes.list("*", 10).matching());
        LoadedInbox audience = (LoadedInbox) new BrokerInboxes(plugin).find(TEAM);
        assertEquals(0, audience.purge());
        assertEquals(0, audience.browse().length);
        assertEquals(Map.of("team", 1), audiences.sizes());
    }

    @Test
    void everyoneIsWhoeverIsKnownThen() throws Exception {
        assertRefused("cannot be asked", assertThrows(JMSException.class, () -> send(EVERYONE)));
        session.createProducer(new ActiveMQQueue("user.alice")).send(session.createMessage());
        audiences.add("team", List.of("dave"));
        Set<String> asked = new HashSet<>();
        KnownUsersTest.fill(users);
        users.rights = () ->
                (user, queue) -> asked.add(user) && queue.getPhysicalName().equals("user." + user);
        send(EVERYONE);
        assertEquals(Set.of("alice", "bob", "erin", "gatepost-welcome"), asked);
        assertEquals(List.of("user.alice", "user.bob", "user.erin", "user.gatepost-welcome"), last().inboxes());
    }

    /** As the bundle's, and what is sent to many goes nowhere. */
    private final class Spreading implements Inboxes {

        @Override
        public boolean isInbox(ActiveMQDestination queue) {
            return plugin.isInbox(queue);
        }

        @Override
        public LoadedInbox open(Room real) throws Exception {
            return plugin.open(room.of(real));
        }

        @Override
        public void whenChanged(Runnable listener) {
            plugin.whenChanged(listener);
        }
    }
}
