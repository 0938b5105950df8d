package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Client;
import gatepost.transport.Options;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.session.Session.FrameEncoder;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.command.Command;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.RemoveInfo;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which frames a session serves, and what the broker hears of them. */
class SessionTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Command> heard = new ArrayList<>();
    private final List<HeartBeats> greeted = new ArrayList<>();
    private final List<FrameEncoder> receipts = new ArrayList<>();
    private final Lifecycle lifecycle = new Lifecycle();
    private Runnable meanwhile = () -> {};
    private final BrokerLink broker = new BrokerLink(new DefaultTransportListener() {
        @Override
        public void onCommand(Object command) {
            heard.add((Command) command);
            meanwhile.run();
            broker.response(new Response());
        }
    });
    private final Session session = new Session(
            "stomp://192.0.2.7:1",
            new Client(Optional.empty(), List.of()),
            lifecycle,
            broker,
            Options.with(),
            new Outbox(channel, new Indifferent(), 1000),
            new Holding(new UserShares(channel.eventLoop()), Options.with().user()),
            new Collected(),
            new SharedResources(
                    Runnable::run,
                    Runnable::run,
                    new TransportMetrics(new OpenSockets()),
                    new UserShares(channel.eventLoop()),
                    Optional::empty,
                    Optional::empty),
            greeted::add);

    @BeforeEach
    void open() {
        lifecycle.open();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void connectComesFirstAndOnce() throws Exception {
        assertRefused("expected a CONNECT frame first", "SEND", "destination", "/queue/a");
        assertEquals(List.of(), heard);

        connect();
        assertRefused("connected already", "STOMP", "accept-version", "1.2");
    }

    @Test
    void aVersionThatNobodySpeaksIsRefused() {
        assertRefused("no version of accept-version:2.0", "CONNECT", "accept-version", "2.0");
        assertEquals(List.of(), heard);
    }

    @Test
    void aRefusalOfConnectIsWrittenInTheVersionThatBothSpeak() {
        assertRefused("activemq.x is not allowed", "CONNECT", "accept-version", "1.2", "activemq.x", "1");
        assertEquals(StompVersion.V1_2, session.stompVersion());
    }

    @Test
    void aClientIdThatDoesNotShowIsRefused() {
        assertRefused("do not show", "CONNECT", "accept-version", "1.2", "client-id", "a\nb");
        assertEquals(List.of(), heard);
    }

    @ParameterizedTest
    @CsvSource({"tablet,tablet", "'',", ","})
    void whoNamesNoClientIdHasTheConnectionsOwn(String clientId, String expected) throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of("accept-version", "1.2"));
        headers.computeIfAbsent("client-id", any -> clientId);
        serve("CONNECT", headers);

        ConnectionInfo connection = (ConnectionInfo) heard.get(0);
        assertEquals(expected == null ? session.id() : expected, connection.getClientId());
    }

    @Test
    void aConnectionThatEndsWhileItSignsInIsTakenBackFromTheBroker() throws Exception {
        meanwhile = lifecycle::end;
        connect();

        assertEquals(List.of(), greeted);
        assertTrue(heard.get(heard.size() - 1) instanceof RemoveInfo, heard.toString());
    }

    @Test
    void aMessageIsWaitedForWhereAReceiptIsAskedForAndOnlyThere() throws Exception {
        connect();
        serve("SEND", Map.of("destination", "/queue/a"));
        serve("SEND", Map.of("destination", "/queue/a", "receipt", "r"));

        List<Message> sent = messages();
        assertFalse(sent.get(0).isResponseRequired());
        assertTrue(sent.get(1).isResponseRequired());
        assertEquals(1, receipts.size());
    }

    @Test
    void messagesOfASessionAreNumberedInTheirOrder() throws Exception {
        connect();
        serve("SEND", Map.of("destination", "/queue/a"));
        serve("SEND", Map.of("destination", "/queue/b"));

        assertEquals(
                List.of(1L, 2L),
                messages().stream()
                        .map(message -> message.getMessageId().getProducerSequenceId())
                        .toList());
    }

    @Test
    void connectHasNoReceipt() throws Exception {
        serve("CONNECT", Map.of("accept-version", "1.2", "receipt", "r"));
        assertEquals(List.of(), receipts);
        assertEquals(1, greeted.size());
    }

    @Test
    void whatIsNoCommandIsRefused() throws Exception {
        connect();
        assertRefused("the command SHOUT is unknown", "SHOUT");
        assertRefused("SEND needs a header destination", "SEND");
        assertRefused("COMMIT needs a header transaction", "COMMIT");
    }

    @ParameterizedTest
    @CsvSource({
        "SEND,/queue/a,,true",
        "SEND,/topic/a,,false",
        "SEND,'/queue/a,/queue/b',,false",
        "SEND,/queue/a,t,false",
        "SUBSCRIBE,/queue/a,,false",
        "SEND,,,false"
    })
    void onlyASendToOneQueueWaitsForNothing(String command, String destination, String transaction, boolean brief) {
        Map<String, String> headers = new HashMap<>();
        headers.computeIfAbsent("destination", any -> destination);
        headers.computeIfAbsent("transaction", any -> transaction);
        assertEquals(brief, session.isBrief(new Frame(command, headers, new byte[0])));
    }

    private void connect() throws Refusal {
        serve("CONNECT", Map.of("accept-version", "1.2", "login", "alice"));
    }

    private void serve(String command, Map<String, String> headers) throws Refusal {
        assertNull(session.serve(new Frame(command, headers, new byte[0]), 0));
    }

    private void assertRefused(String reason, String command, String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        Refusal refusal = assertThrows(Refusal.class, () -> serve(command, all));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    private List<Message> messages() {
        return heard.stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
    }

    private final class Collected implements Receipts.Exit {

        @Override
        public void receipt(FrameEncoder receipt, long arrived) {
            receipts.add(receipt);
        }

        @Override
        public void notStored(Throwable reason, Frame frame) {
            throw new AssertionError(reason);
        }
    }

    private static final class Indifferent implements Outbox.Listener {

        @Override
        public void drained() {
            // the socket takes everything
        }

        @Override
        public void stalled() {
            throw new AssertionError("the socket takes everything");
        }

        @Override
        public void broken(Outbox.Item item, IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
