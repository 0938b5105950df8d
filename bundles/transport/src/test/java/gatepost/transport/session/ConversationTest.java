package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.contracts.Client;
import gatepost.contracts.InboxNames;
import gatepost.transport.Options;
import gatepost.transport.frame.Frame;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;

/** A test that talks to a session, frame by frame. */
abstract class ConversationTest {

    /** A version and its way to name a message. */
    enum Version {
        V1_0("1.0"),
        V1_1("1.1"),
        V1_2("1.2");

        private final String number;

        Version(String number) {
            this.number = number;
        }

        Map<String, String> naming(Map<String, String> message) {
            return this == V1_2
                    ? Map.of("id", message.get("ack"))
                    : Map.of("message-id", message.get("message-id"), "subscription", "s");
        }
    }

    /** Who says which queue is whose inbox; nobody at first. */
    InboxNames inboxes;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Queue<Runnable> pool = new ArrayDeque<>();
    final TransportMetrics metrics = new TransportMetrics(new OpenSockets());
    final StompTransport transport = new StompTransport(
            channel,
            "test",
            new Client(Optional.empty(), List.of()),
            Options.with("transaction.size.max", 100_000),
            new SharedResources(
                    pool::add,
                    pool::add,
                    metrics,
                    new UserShares(channel.eventLoop()),
                    Optional::empty,
                    () -> Optional.ofNullable(inboxes)),
            (send, receive) -> {});
    final StandInBroker broker = new StandInBroker(transport);
    final List<Map<String, String>> answers = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** @return the headers of CONNECTED */
    final Map<String, String> connect(Version version) throws Exception {
        transport.setTransportListener(broker);
        transport.start();
        send(
                "CONNECT",
                version == Version.V1_0
                        ? Map.of("login", "alice")
                        : Map.of("login", "alice", "accept-version", version.number, "host", "h"));
        Map<String, String> connected = answers.remove(0);
        assertEquals("CONNECTED", connected.get(""));
        bodies.clear();
        return connected;
    }

    final void send(String command, Map<String, String> headers, String... more) throws Exception {
        sendBody(command, headers, "", more);
    }

    /** @param more names and values of further headers */
    final void sendBody(String command, Map<String, String> headers, String body, String... more) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        transport.received(new Frame(command, all, body.getBytes(StandardCharsets.UTF_8)));
        transport.readComplete(0);
        turn();
    }

    /** @return whether a frame was served at once, on the event loop; it is served in any case */
    final boolean isServedAtOnce(String command, Map<String, String> headers) throws Exception {
        transport.received(new Frame(command, headers, new byte[0]));
        boolean atOnce = pool.isEmpty();
        transport.readComplete(0);
        turn();
        return atOnce;
    }

    /** The socket takes nothing from now on. */
    final void stopReading() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    }

    /** Ends {@link #stopReading}. */
    final void readAgain() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        transport.writable();
    }

    final void turn() {
        do {
            while (!pool.isEmpty()) {
                pool.remove().run();
            }
            channel.runPendingTasks();
        } while (!pool.isEmpty());
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf buffer) {
                String frame = buffer.toString(StandardCharsets.UTF_8);
                answers.add(parsed(frame));
                bodies.add(frame.substring(frame.indexOf("\n\n") + 2, frame.indexOf('\0')));
                buffer.release();
            }
        }
    }

    /** @return the headers, and the command under the name "" */
    private static Map<String, String> parsed(String frame) {
        String[] lines = frame.substring(0, frame.indexOf("\n\n")).split("\n");
        Map<String, String> headers = new HashMap<>(Map.of("", lines[0]));
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.put(parts[0], parts[1].replace("\\c", ":"));
        }
        return headers;
    }
}
