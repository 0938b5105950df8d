package gatepost.authorization.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may and may not do over STOMP under the shipped map. */
class EveryWayInTest {

    private TestBroker broker;
    private StompClient alice;
    private StompClient system;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(TestBroker.SHIPPED);
        alice = broker.client("alice", "users");
        system = broker.client("system", "admins");
    }

    @AfterEach
    void stop() throws Exception {
        alice.close();
        system.close();
        broker.close();
    }

    @Test
    void aUserReadsTheirOwnQueueAndTheApplicationReadsTheUsers() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice"));
        assertEquals("ok", system.send("/queue/user.alice", "hello"));
        assertTrue(alice.receive().endsWith("hello"));
        assertEquals("ok", system.subscribe("/queue/app.inbox"));
        assertEquals("ok", alice.send("/queue/app.inbox", "hi"));
        assertTrue(system.receive().endsWith("hi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/queue/user.bob",
                "/queue/user.*",
                "/queue/user.>",
                "/queue/>",
                "/queue/*.bob",
                "/queue/user.alice.>",
                "/queue/user.alice,/queue/user.bob",
                "/queue/user.bob,/queue/user.alice",
                "/temp-queue/x,/queue/user.bob",
                "/queue/app.inbox",
                "/queue/ActiveMQ.DLQ",
                "/topic/news",
                "/topic/>",
                "/topic/ActiveMQ.Advisory.>",
                "/topic/ActiveMQ.Advisory.Connection",
                "/queue/user",
                "/queue/user.a*",
                "/queue/>.bob",
                "/queue/user.bob?consumer.prefetchSize=1",
                "/remote-temp-queue/ID:other-1-1:7:1",
                "/remote-temp-queue/>",
                "/remote-temp-queue/ID:*",
                "/remote-temp-topic/ID:other-1-1:7:1"
            })
    void aUserMayNotSubscribeTo(String destination) throws Exception {
        assertEquals("Denied: read", alice.subscribe(destination).substring(0, 12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/queue/user.bob",
                "/queue/user.alice",
                "/queue/user.>",
                "/queue/app.inbox,/queue/user.bob",
                "/queue/user.bob,/queue/app.inbox",
                "/temp-queue/x,/queue/user.bob",
                "/topic/news",
                "/queue/new",
                "/queue/app.*",
                "/queue/ActiveMQ.DLQ",
                "/topic/ActiveMQ.Advisory.Connection",
                "/remote-temp-queue/>",
                "/remote-temp-topic/ID:*"
            })
    void aUserMayNotSendTo(String destination) throws Exception {
        assertEquals("Denied: write", alice.send(destination, "x").substring(0, 13));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queue/>", "/queue/user.*", "/topic/>", "/queue/a,/queue/user.*"})
    void notEvenAnAdministratorSendsToAWildcard(String destination) throws Exception {
        assertEquals("Denied: write", system.send(destination, "x").substring(0, 13));
    }

    @Test
    void whatIsTakenBackNeedsWriteAndMakesNoQueue() throws Exception {
        assertEquals("Denied: write queue://user.bob", withdraw(alice, "/queue/user.bob"));
        assertEquals("SEND to /gatepost/withdraw was refused: new is no inbox", withdraw(system, "/queue/new"));
        assertFalse(broker.exists(new ActiveMQQueue("new")));
    }

    private static String withdraw(StompClient client, String destination) throws Exception {
        return client.send("/gatepost/withdraw", "", "gatepost-destination:" + destination, "gatepost-id:7");
    }

    @Test
    void anErrorTellsOperationAndDestinationAndNothingElse() throws Exception {
        assertEquals("Denied: read queue://user.bob", alice.subscribe("/queue/user.bob"));
    }

    @Test
    void compositesAreAllowedWhereEachPartIs() throws Exception {
        assertEquals("ok", system.send("/queue/user.alice,/queue/user.bob", "x"));
        await().until(() -> broker.messages(new ActiveMQQueue("user.bob")) == 1);
        assertEquals("ok", system.subscribe("/queue/user.alice,/queue/user.bob"));
    }

    @Test
    void browsingIsReading() throws Exception {
        assertEquals("ok", alice.subscribe("/queue/user.alice", "browser:true"));
        assertEquals(
                "Denied: read",
                alice.subscribe("/queue/user.bob", "browser:true").substring(0, 12));
    }

    @Test
    void beingTheFirstToUseADestinationNeedsAdmin() throws Exception {
        broker.put("entry.a queue://a read=users write=users");
        assertEquals("Denied: admin queue://a", alice.send("/queue/a", "x"));
        try (StompClient bob = broker.client("bob", "users")) {
            assertEquals("Denied: admin queue://a", bob.subscribe("/queue/a"));
        }
        assertFalse(broker.exists(new ActiveMQQueue("a")));
        broker.broker
                .getBroker()
                .addDestination(broker.broker.getAdminConnectionContext(), new ActiveMQQueue("a"), false);
        try (StompClient carol = broker.client("carol", "users")) {
            assertEquals("ok", carol.send("/queue/a", "x"));
            assertEquals("ok", carol.subscribe("/queue/a"));
        }
    }

    @ParameterizedTest
    @CsvSource({"activemq.exclusive, true", "activemq.retroactive, true", "activemq.priority, 5"})
    void whatReachesBeyondReadingNeedsAdmin(String header, String value) throws Exception {
        broker.put("entry.a queue://a read=users", "entry.all queue://> admin=admins read=admins");
        assertEquals("ok", system.subscribe("/queue/a", header + ":" + value));
        assertEquals("Denied: read queue://a", alice.subscribe("/queue/a", header + ":" + value));
    }

    /** The gate asks for admin all the same ({@link DirectCallsTest}), should a transport ever let them through. */
    @ParameterizedTest
    @CsvSource({
        "activemq.networkSubscription, true",
        "activemq.maximumPendingMessageLimit, 5",
        "activemq.noRangeAcks, true",
        "activemq.optimizedAcknowledge, true"
    })
    void notEvenAnAdministratorHasWhatTheTransportDoesNotKnow(String header, String value) throws Exception {
        assertEquals(
                "the header " + header + " is not allowed on SUBSCRIBE",
                system.subscribe("/queue/a", header + ":" + value));
    }

    @Test
    void anOrdinarySubscriptionWithPrefetchAndNoLocalDoesNot() throws Exception {
        broker.put("entry.a queue://a read=users", "entry.all queue://> admin=admins read=admins");
        assertEquals("ok", system.subscribe("/queue/a"));
        assertEquals(
                "ok",
                alice.subscribe("/queue/a", "activemq.prefetchSize:1", "activemq.noLocal:true", "selector:a = 'b'"));
    }

    @Test
    void destinationOptionsNeedAdmin() throws Exception {
        broker.put(
                "entry.a queue://a read=users write=users",
                "entry.all queue://> admin=admins read=admins write=admins");
        assertEquals("ok", system.subscribe("/queue/a?consumer.exclusive=true"));
        assertEquals("Denied: read queue://a", alice.subscribe("/queue/a?consumer.exclusive=true"));
        try (StompClient bob = broker.client("bob", "users")) {
            assertEquals("Denied: write queue://a", bob.send("/queue/a?producer.x=1", "x"));
        }
    }

    @Test
    void aTransactionsSendIsCheckedWhenItIsSent() throws Exception {
        assertEquals("ok", alice.command("BEGIN", "", "transaction:t"));
        assertEquals("Denied: write queue://user.bob", alice.send("/queue/user.bob", "x", "transaction:t"));
        assertEquals(0, broker.messages(new ActiveMQQueue("user.bob")));
    }

    @Test
    void commitIsNotANewSend() throws Exception {
        assertEquals("ok", alice.command("BEGIN", "", "transaction:t"));
        assertEquals("ok", alice.send("/queue/app.inbox", "x", "transaction:t"));
        broker.put("entry.a queue://a read=users");
        assertEquals("ok", alice.command("COMMIT", "", "transaction:t"));
        assertEquals(1, broker.messages(new ActiveMQQueue("app.inbox")));
    }

    @Test
    void eachSendIsDecidedByTheMapInForce() throws Exception {
        assertEquals("ok", alice.send("/queue/app.inbox", "x"));
        broker.put("entry.a queue://app.inbox write=others");
        assertEquals("Denied: write queue://app.inbox", alice.send("/queue/app.inbox", "x"));
    }

    @Test
    void aTemporaryQueueIsReadByTheConnectionThatMadeItAndAnsweredByOthers() throws Exception {
        assertEquals("ok", alice.subscribe("/temp-queue/replies"));
        assertEquals("ok", alice.send("/queue/app.inbox", "ask", "reply-to:/temp-queue/replies"));
        assertEquals("ok", system.subscribe("/queue/app.inbox"));
        String replyTo = StompClient.header(system.receive(), "reply-to");
        assertTrue(replyTo.startsWith("/remote-temp-queue/"), replyTo);
        try (StompClient bob = broker.client("bob", "users");
                StompClient bot = broker.client("w", "gatepost-welcome");
                StompClient otherAlice = broker.client("alice2", "users")) {
            assertEquals("Denied: read", bob.subscribe(replyTo).substring(0, 12));
            assertEquals(
                    "Denied: read",
                    otherAlice.subscribe(replyTo, "browser:true").substring(0, 12));
            assertEquals("Denied: write", bot.send(replyTo, "forged").substring(0, 13));
        }
        assertEquals("ok", system.send(replyTo, "answer"));
        assertTrue(alice.receive().endsWith("answer"));
    }

    @Test
    void temporaryDestinationsAreForThoseWhomTheTemporaryLineNames() throws Exception {
        try (StompClient bot = broker.client("w", "gatepost-welcome")) {
            assertTrue(bot.subscribe("/temp-queue/x").startsWith("Denied: "));
        }
        assertEquals("ok", alice.subscribe("/temp-topic/x"));
    }

    @Test
    void aDurableSubscriptionIsRemovedOnlyByItsOwnClientId() throws Exception {
        broker.put("entry.t topic://> read=users admin=users");
        assertEquals("ok", alice.subscribe("/topic/t", "activemq.subscriptionName:s"));
        assertEquals("ok", alice.command("UNSUBSCRIBE", "", "id:/topic/t"));
        assertEquals("ok", alice.command("DISCONNECT", ""));
        await().until(() -> broker.subscriptions().all().size() == 1);
        try (StompClient bob = broker.client("bob", "users");
                StompClient again = broker.client("alice", "users")) {
            assertTrue(bob.command("UNSUBSCRIBE", "", "id:x", "activemq.subscriptionName:s")
                    .contains("No durable subscription"));
            assertEquals("ok", again.command("UNSUBSCRIBE", "", "id:x", "activemq.subscriptionName:s"));
        }
        assertTrue(broker.exists(new ActiveMQTopic("t")));
    }

    @Test
    void aConnectionWithoutASecurityContextIsDenied() throws Exception {
        try (StompClient nobody = broker.client("nobody", "admins")) {
            assertEquals(
                    "Denied: connect", StompClient.message(nobody.connected).strip());
        }
    }

    @Test
    void aDestinationWithALineBreakCannotForgeAFrameOrALogLine() throws Exception {
        String error = alice.subscribe("/queue/a\\nERROR\\nx");
        assertEquals("the destination /queue/a\\nERROR\\nx has a control character or white space in its name", error);
        assertThrows(EOFException.class, alice::receive);
    }

    @Test
    void aDestinationWithABlankBeforeItsNameIsNoOther() throws Exception {
        assertEquals(
                "the destination /queue/ user.bob has a control character or white space in its name",
                alice.subscribe("/queue/ user.bob"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *    | /queue/user.*
            >    | /queue/user.>
            a.>  | /queue/user.a.>
            a,b  | /queue/user.a,b
            a,b  | /queue/user.a,/queue/user.b
            a/b  | /queue/user.a/b
            a.b  | /queue/user.a
            a    | /queue/user.a.b
            a?b  | /queue/user.a?b
            """)
    void noUserNameOpensAnothersQueue(String user, String destination) throws Exception {
        try (StompClient attacker = broker.client(user, "users")) {
            assertEquals("Denied: read", attacker.subscribe(destination).substring(0, 12));
        }
    }
}
