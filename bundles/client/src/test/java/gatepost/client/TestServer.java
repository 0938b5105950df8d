package gatepost.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * As much of a STOMP 1.2 server as the tests need: queues in memory, {@code client-individual}, receipts, and a gate. What a
 * session has not acknowledged when it ends goes back to the front of its queue.
 */
public final class TestServer implements AutoCloseable {

    /** A message that was sent to it, or that it delivers. */
    public record Stored(String id, Map<String, String> headers, String body) {}

    public final Set<String> deniedToWrite = ConcurrentHashMap.newKeySet();
    public final Set<String> deniedToRead = ConcurrentHashMap.newKeySet();
    public final List<Map<String, String>> subscribed = new CopyOnWriteArrayList<>();
    public final List<String> acknowledged = new CopyOnWriteArrayList<>();
    public final List<String> rejected = new CopyOnWriteArrayList<>();
    public volatile boolean withholdsReceipts;
    public volatile boolean losesAcknowledgements;
    public volatile int connections;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final int port;
    private final Map<String, Deque<Stored>> queues = new TreeMap<>();
    private final List<Stored> received = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Socket> clients = new ArrayList<>();
    private ServerSocket socket;
    private int lastId;

    public TestServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = socket.getLocalPort();
        accept(socket);
    }

    public URI uri() {
        return URI.create("stomp://127.0.0.1:" + port);
    }

    /** @return a connection to it; it ends with this */
    public SharedConnection connection() {
        return new SharedConnection(
                loops.next(), "tests", () -> Optional.of(uri()), () -> new Credentials("tests", "secret"));
    }

    /** @return the bodies of all messages that came, in their order */
    public synchronized List<String> bodies() {
        return received.stream().map(Stored::body).toList();
    }

    public synchronized Stored last() {
        return received.get(received.size() - 1);
    }

    public synchronized List<Stored> all() {
        return List.copyOf(received);
    }

    public synchronized int waiting(String destination) {
        return queues.getOrDefault(destination, new ArrayDeque<>()).size();
    }

    /** Puts a message into a queue. */
    public synchronized void put(String destination, String body, String... headers) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.put("destination", destination);
        queues.computeIfAbsent(destination, name -> new ArrayDeque<>()).add(new Stored("m" + ++lastId, all, body));
        deliver();
    }

    /** Ends every session at once. */
    public synchronized void cut() {
        List.copyOf(sessions).forEach(Session::end);
    }

    public synchronized void stop() throws IOException {
        socket.close();
        cut();
        // those too that have not sent CONNECT yet
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }

    public void start() throws IOException {
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        accept(socket);
    }

    @Override
    public void close() throws IOException {
        stop();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void accept(ServerSocket server) {
        Thread thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try {
                            admit(server, server.accept());
                        } catch (IOException e) {
                            return;
                        }
                    }
                },
                "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A client that was let in at the moment of the stop must not outlive it. */
    private synchronized void admit(ServerSocket server, Socket client) throws IOException {
        if (server.isClosed()) {
            client.close();
        } else {
            clients.add(client);
            new Session(client).start();
        }
    }

    private synchronized void deliver() {
        for (Session session : List.copyOf(sessions)) {
            session.subscriptions.forEach((id, destination) -> {
                Deque<Stored> queue = queues.get(destination);
                while (queue != null && !queue.isEmpty() && !session.ended) {
                    session.deliver(id, queue.remove());
                }
            });
        }
    }

    private final class Session extends Thread {

        private final Socket client;
        private final Map<String, String> subscriptions = new LinkedHashMap<>();
        private final Map<String, Stored> unacknowledged = new LinkedHashMap<>();
        private boolean ended;
        private int lastAck;

        Session(Socket client) {
            super("test-session");
            this.client = client;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (client) {
                InputStream in = new BufferedInputStream(client.getInputStream());
                for (String frame = frame(in); frame != null; frame = frame(in)) {
                    if (!frame.isBlank()) {
                        serve(frame.stripLeading());
                    }
                }
            } catch (IOException e) {
                // cut, by either side: what was not acknowledged goes back below
            }
            end();
        }

        private void serve(String frame) throws IOException {
            int body = frame.indexOf("\n\n");
            String[] lines = frame.substring(0, body).split("\n");
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; i++) {
                headers.put(
                        lines[i].substring(0, lines[i].indexOf(':')), lines[i].substring(lines[i].indexOf(':') + 1));
            }
            synchronized (TestServer.this) {
                if (!ended) {
                    serve(lines[0], headers, frame.substring(body + 2));
                    TestServer.this.deliver();
                }
            }
        }

        private void serve(String command, Map<String, String> headers, String body) throws IOException {
            String destination = headers.getOrDefault("destination", "");
            switch (command) {
                case "CONNECT" -> {
                    connections++;
                    sessions.add(this);
                    write("CONNECTED\nversion:1.2\n\n");
                }
                case "SEND" -> {
                    if (deniedToWrite.contains(destination)) {
                        deny("write", destination, headers);
                        return;
                    }
                    received.add(new Stored("m" + ++lastId, headers, body));
                    queues.computeIfAbsent(destination, name -> new ArrayDeque<>())
                            .add(received.get(received.size() - 1));
                }
                case "SUBSCRIBE" -> {
                    if (deniedToRead.contains(destination)) {
                        deny("read", destination, headers);
                        return;
                    }
                    if (!headers.getOrDefault("selector", "").endsWith("1=0")) {
                        subscribed.add(headers);
                        subscriptions.put(headers.get("id"), destination);
                    }
                }
                case "UNSUBSCRIBE" -> {
                    subscriptions.remove(headers.get("id"));
                    giveBack();
                }
                case "ACK", "NACK" -> {
                    if (losesAcknowledgements) {
                        end();
                        return;
                    }
                    Stored message = unacknowledged.remove(headers.get("id"));
                    if (message == null) {
                        deny("there is no such message: " + command, headers.get("id"), headers);
                        return;
                    }
                    (command.equals("ACK") ? acknowledged : rejected).add(message.body());
                }
                default -> throw new IOException("unexpected " + command);
            }
            String receipt = headers.get("receipt");
            if (receipt != null && !(withholdsReceipts && command.equals("SEND"))) {
                write("RECEIPT\nreceipt-id:" + receipt + "\n\n");
            }
        }

        private void deny(String operation, String destination, Map<String, String> headers) throws IOException {
            write("ERROR\nreceipt-id:" + headers.get("receipt") + "\nmessage:Denied\\c " + operation + " " + destination
                    + "\n\n");
            end();
        }

        private void deliver(String subscription, Stored message) {
            String ack = "a" + ++lastAck;
            unacknowledged.put(ack, message);
            StringBuilder frame = new StringBuilder(
                    "MESSAGE\nsubscription:" + subscription + "\nack:" + ack + "\nmessage-id:" + message.id() + "\n");
            message.headers()
                    .forEach((name, value) ->
                            frame.append(name).append(':').append(value).append('\n'));
            try {
                write(frame + "\n" + message.body());
            } catch (IOException e) {
                end();
            }
        }

        private void giveBack() {
            List<Stored> back = new ArrayList<>(unacknowledged.values());
            unacknowledged.clear();
            for (int i = back.size() - 1; i >= 0; i--) {
                String destination = back.get(i).headers().get("destination");
                queues.computeIfAbsent(destination, name -> new ArrayDeque<>()).addFirst(back.get(i));
            }
        }

        private void write(String frame) throws IOException {
            client.getOutputStream().write((frame + "\0\n").getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
        }

        void end() {
            synchronized (TestServer.this) {
                ended = true;
                sessions.remove(this);
                giveBack();
                try {
                    client.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                TestServer.this.deliver();
            }
        }

        private String frame(InputStream in) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int b = in.read(); b != 0; b = in.read()) {
                if (b < 0) {
                    return null;
                }
                bytes.write(b);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
