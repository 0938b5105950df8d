package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Client;
import gatepost.contracts.Durability;
import gatepost.contracts.IdentityRefused;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.SignInDenied;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.transport.Options;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.RemoveInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallTransportTest {

    private static final ActiveMQQueue INBOX = new ActiveMQQueue("user.alice");

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> closed = new ArrayList<>();
    private final CallTransport transport = new CallTransport(
            channel,
            "http://127.0.0.1:4711",
            new Client(Optional.empty(), List.of()),
            Options.with(),
            new SharedResources(
                    Runnable::run,
                    Runnable::run,
                    new TransportMetrics(new OpenSockets()),
                    new UserShares(channel.eventLoop()),
                    Optional::empty,
                    Optional::empty),
            () -> {},
            () -> closed.add("closed"));
    private final StandInBroker broker = new StandInBroker(transport);

    @BeforeEach
    void start() throws Exception {
        transport.setTransportListener(broker);
        transport.start();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whoSignsInHasASession() throws CallRefused {
        assertFalse(transport.isSignedIn());
        transport.signIn("app", "secret");
        assertTrue(transport.isSignedIn());
        assertEquals("app", transport.account().user());
        ConnectionInfo connection = broker.commands(ConnectionInfo.class).get(0);
        assertEquals("secret", connection.getPassword());
        assertEquals("http://127.0.0.1:4711", connection.getClientIp());
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNotLetInIsToldWhatKindOfFaultItIs(SignInDenied.Why why) {
        broker.refuse(new SignInDenied(why, "sign-in refused"));
        CallRefused refused = assertThrows(CallRefused.class, () -> transport.signIn("app", "wrong"));
        assertEquals(
                switch (why) {
                    case NO_PROOF -> Reason.NOT_SIGNED_IN;
                    case TOO_MANY_FAILURES -> Reason.LIMIT;
                    case NOT_POSSIBLE -> Reason.UNAVAILABLE;
                },
                refused.reason());
        assertEquals("sign-in refused", refused.getMessage());
        assertFalse(transport.isSignedIn());
    }

    @Test
    void whatIsSentGoesToTheBrokerAndIsSafeWhenTheStoreSaysSo() throws Exception {
        transport.signIn("app", "secret");
        Durability disk = broker.slowDisk();
        Durability sent = transport.send(INBOX, Map.of("x", "1", "persistent", "true"), new byte[] {1, 2});
        assertEquals(disk, sent);
        Message message = broker.commands(Message.class).get(0);
        assertEquals(INBOX, message.getDestination());
        assertEquals("1", message.getProperty("x"));
        assertTrue(message.isPersistent());
        assertEquals(2, message.getContent().getLength());
    }

    @Test
    void eachRefusalHasItsStatus() throws CallRefused {
        transport.signIn("app", "secret");
        assertEquals(
                Reason.DENIED,
                refused(new SecurityException("Denied: write queue://user.alice"))
                        .reason());
        assertEquals(
                Reason.LIMIT,
                refused(new RuntimeException(new QuotaReached("user.bytes", "too much")))
                        .reason());
        assertEquals(
                Reason.CONFLICT,
                refused(new RuntimeException(new IdentityRefused("another body")))
                        .reason());
        CallRefused fault = refused(new IllegalStateException("at gatepost.secret(Secret.java:1)"));
        assertEquals(Reason.FAILED, fault.reason());
        assertFalse(fault.getMessage().contains("Secret.java"), fault.getMessage());
    }

    private CallRefused refused(RuntimeException why) {
        broker.refuse(why);
        return assertThrows(CallRefused.class, () -> transport.send(INBOX, Map.of(), new byte[0]));
    }

    @Test
    void aMessageMayBeAsLargeAsAFrame() throws CallRefused {
        transport.signIn("app", "secret");
        transport.send(INBOX, Map.of("x", "y".repeat(98)), new byte[900]);
        assertTooLarge("a message may have 1000 bytes", Map.of("x", "y".repeat(98)), new byte[901]);
        assertTooLarge("a header of a message may have 100 bytes", Map.of("x", "ü".repeat(50)), new byte[0]);
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i <= 10; i++) {
            many.put("h" + i, "");
        }
        assertTooLarge("a message may have 10 headers", many, new byte[0]);
        assertEquals(1, broker.commands(Message.class).size());
    }

    private void assertTooLarge(String message, Map<String, String> headers, byte[] body) {
        CallRefused refused = assertThrows(CallRefused.class, () -> transport.send(INBOX, headers, body));
        assertEquals(Reason.TOO_LARGE, refused.reason());
        assertEquals(message, refused.getMessage());
    }

    @Test
    void aHeaderThatMeansNothingIsRefused() throws CallRefused {
        transport.signIn("app", "secret");
        CallRefused refused = assertThrows(
                CallRefused.class, () -> transport.send(INBOX, Map.of("AMQ_SCHEDULED_DELAY", "1"), new byte[0]));
        assertEquals(Reason.UNUSABLE, refused.reason());
    }

    @Test
    void anInboxIsAsked() throws CallRefused {
        transport.signIn("alice", "secret");
        broker.settles();
        InboxRequest request = InboxRequest.withdrawal(INBOX, "a");
        assertTrue(transport.ask(request).isSafe());
        assertTrue(request.isSettled());
    }

    @Test
    void whoIsCutServesNoFurtherCall() throws CallRefused {
        transport.signIn("app", "secret");
        ConnectionError error = new ConnectionError();
        error.setException(new SecurityException("the token has expired"));
        transport.oneway(error);
        assertFalse(transport.isSignedIn());
        CallRefused refused = assertThrows(CallRefused.class, () -> transport.send(INBOX, Map.of(), new byte[0]));
        assertEquals(Reason.NOT_SIGNED_IN, refused.reason());
        assertEquals(1, broker.commands(RemoveInfo.class).size());
        // the connection of the client stays, to be told at its next call
        assertEquals(List.of(), closed);
    }

    @Test
    void whoLeavesIsForgottenOnce() throws CallRefused {
        transport.signIn("app", "secret");
        transport.end();
        transport.end();
        assertEquals(1, broker.commands(RemoveInfo.class).size());
        assertEquals(List.of("the client has left"), broker.ends);
    }

    @Test
    void whenTheConnectorClosesTheConnectionIsToldOnce() throws Exception {
        transport.signIn("app", "secret");
        transport.stop();
        transport.end();
        assertEquals(List.of("closed"), closed);
        assertFalse(transport.isSignedIn());
    }

    @Test
    void whoSignsInWhileTheConnectorClosesIsToldToComeAgain() throws Exception {
        transport.stop();
        CallRefused refused = assertThrows(CallRefused.class, () -> transport.signIn("app", "secret"));
        assertEquals(Reason.UNAVAILABLE, refused.reason());
        assertEquals(List.of(), broker.commands);
    }
}
