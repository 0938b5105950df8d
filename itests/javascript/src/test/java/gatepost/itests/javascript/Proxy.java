package gatepost.itests.javascript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What stands between a page and Gatepost, and does not always let through what it should. */
final class Proxy implements AutoCloseable {

    private static final String STREAM = "GET /gatepost/inbox?";

    private final int target;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean webSockets = true;
    private volatile boolean cut;
    /** Those of which nothing is passed on, and nobody is told. */
    private final Set<Socket> held = ConcurrentHashMap.newKeySet();

    Proxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accepts", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Knows no WebSockets from now on, or does. */
    void webSockets(boolean pass) {
        webSockets = pass;
    }

    /** Drops every connection, and each new one, until it is mended. */
    void cut() {
        cut = true;
        drop();
    }

    void mend() {
        cut = false;
    }

    void drop() {
        open.forEach(Proxy::close);
    }

    /** Passes nothing on any more of the connections that are open, as when an address has changed: nobody is told. */
    void hold() {
        held.addAll(open);
    }

    /** @return how many streams of events are open */
    int streams() {
        return streams.size();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            start("serves", () -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        if (cut) {
            client.close();
            return;
        }
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(client);
            byte[] head = new byte[16 * 1024];
            int length = client.getInputStream().read(head);
            String text = new String(head, 0, Math.max(0, length), ISO_8859_1).toLowerCase(Locale.ROOT);
            if (length < 0 || cut || !webSockets && text.contains("upgrade: websocket")) {
                return;
            }
            look(head, client);
            server.getOutputStream().write(head, 0, length);
            start("answers", () -> pump(server, client, client));
            pump(client, server, client);
        } finally {
            open.remove(client);
            streams.remove(client);
            held.remove(client);
        }
    }

    /** One call after another comes over a connection; the last may be a stream. */
    private void look(byte[] part, Socket client) {
        if (new String(part, 0, STREAM.length(), ISO_8859_1).equals(STREAM)) {
            streams.add(client);
        }
    }

    private void pump(Socket from, Socket to, Socket client) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] part = new byte[8 * 1024];
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                if (from == client) {
                    look(part, client);
                }
                if (!held.contains(client)) {
                    out.write(part, 0, length);
                }
            }
        } finally {
            close(from);
            close(to);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void start(String what, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one of the two has gone
                    }
                },
                "proxy " + what);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        drop();
    }
}
