package gatepost.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.frame.Frame;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session with a server that says what the test tells it to, byte by byte. */
class StompSessionTest implements StompSession.Events {

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final BlockingQueue<Object> told = new ArrayBlockingQueue<>(10);
    private ServerSocket server;
    private Socket peer;
    private StompSession session;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws Exception {
        if (peer != null) {
            peer.close();
        }
        server.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @Override
    public void connected(StompSession by) {
        told.add("connected");
    }

    @Override
    public void received(StompSession by, Frame frame) {
        told.add(frame);
    }

    @Override
    public void ended(StompSession by, String reason) {
        told.add("ended: " + reason);
    }

    @Test
    void itSignsInWithoutEscapesAndSendsWithThem() throws Exception {
        assertEquals(
                "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:a:b\npasscode:p\\w\n\n\0",
                connect(new Credentials("a:b", "p\\w")));
        answer("CONNECTED\nversion:1.2\nserver:what:ever\n\n\0\n");
        assertEquals("connected", next());

        loop.execute(() -> session.send(new Frame("SEND", Map.of("x:\n\r\\", "y:\n\r\\"), "a\0b".getBytes(UTF_8))));

        assertEquals("SEND\nx\\c\\n\\r\\\\:y\\c\\n\\r\\\\\ncontent-length:3\n\na\0b\0", frame(3));
    }

    @Test
    void whatComesIsReadAsServersWriteIt() throws Exception {
        connect(new Credentials("a", "b"));
        answer(
                "CONNECTED\nversion:1.2\n\n\0\nMESSAGE\nx\\c\\n\\r\\\\:y\\c\\n\\r\\\\\ncontent-length:3\n\na\0b\0\n\n\nRECEIPT\nreceipt-id:1\n\n\0"
                        + "ERROR\nmessage:Denied\\c write\n\nand why\0");
        assertEquals("connected", next());
        Frame message = (Frame) next();
        assertEquals("y:\n\r\\", message.header("x:\n\r\\"));
        assertArrayEquals("a\0b".getBytes(UTF_8), message.body());
        assertEquals("1", ((Frame) next()).header("receipt-id"));
        Frame error = (Frame) next();
        assertEquals("Denied: write", error.header("message"));
        assertEquals("and why", new String(error.body(), UTF_8));
    }

    @Test
    void aRefusalSaysWhy() throws Exception {
        connect(new Credentials("a", "b"));
        answer("ERROR\nmessage:not signed in\n\n\0");
        assertEquals("ended: " + address() + ": not signed in", next());
        assertEquals("\n", new String(peer.getInputStream().readAllBytes(), UTF_8));
    }

    @Test
    void anOlderVersionIsNotSpoken() throws Exception {
        connect(new Credentials("a", "b"));
        answer("CONNECTED\n\n\0");
        assertEquals("ended: " + address() + " speaks STOMP 1.0, expected 1.2", next());
    }

    @Test
    void whatIsNoFrameEndsIt() throws Exception {
        connect(new Credentials("a", "b"));
        answer("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertTrue(next().toString().startsWith("ended: what the broker sent cannot be read: "));
        assertEquals("\n", new String(peer.getInputStream().readAllBytes(), UTF_8));
    }

    @Test
    void itEndsOnceAndNotAfterItWasClosed() throws Exception {
        connect(new Credentials("a", "b"));
        answer("CONNECTED\nversion:1.2\n\n\0");
        assertEquals("connected", next());
        loop.submit(session::close).sync();
        assertEquals("\n", new String(peer.getInputStream().readAllBytes(), UTF_8));
        assertNull(told.poll());
    }

    @Test
    void aServerThatGoesAwayEndsIt() throws Exception {
        connect(new Credentials("a", "b"));
        answer("CONNECTED\nversion:1.2\n\n\0");
        assertEquals("connected", next());
        peer.close();
        assertEquals("ended: the connection was closed", next());
    }

    @Test
    void whereNobodyListensItSaysSo() throws Exception {
        URI nobody = address();
        server.close();
        session = StompSession.open(loop, nobody, new Credentials("a", "b"), this);
        String ended = next().toString();
        assertTrue(ended.startsWith("ended: " + nobody + ": ") && ended.contains("refused"), ended);
    }

    @Test
    void aWildcardMeansThisMachine() throws Exception {
        session = StompSession.open(
                loop, URI.create("stomp://0.0.0.0:" + server.getLocalPort()), new Credentials("a", "b"), this);
        peer = server.accept();
        assertTrue(frame(0).startsWith("CONNECT\n"));
    }

    private URI address() {
        return URI.create("stomp://127.0.0.1:" + server.getLocalPort());
    }

    /** @return the CONNECT frame */
    private String connect(Credentials credentials) throws IOException {
        session = StompSession.open(loop, address(), credentials, this);
        peer = server.accept();
        peer.setSoTimeout(10_000);
        return frame(0);
    }

    private void answer(String bytes) throws IOException {
        peer.getOutputStream().write(bytes.getBytes(UTF_8));
    }

    private Object next() throws InterruptedException {
        return told.poll(10, TimeUnit.SECONDS);
    }

    /** @return what comes, up to the NUL that ends a frame whose body holds so many bytes; without the line end after it */
    private String frame(int body) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\n\n") < 0) {
            int octet = peer.getInputStream().read();
            if (!text.isEmpty() || octet != '\n') {
                text.append((char) octet);
            }
        }
        text.append(new String(peer.getInputStream().readNBytes(body + 1), UTF_8));
        return text.toString();
    }
}
