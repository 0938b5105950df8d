import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls a Gatepost in different ways, and says what each costs it: processor time of its own process, by the kernel's count. */
public final class Calls {

    private static final int PUBLISHERS = 4;
    private static final int USERS = 1_000;
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String BODY = "x".repeat(256);
    private static final double TICKS = 100;

    private static final String PUBLISH = "POST /gatepost/api/v1/messages";
    private static final String RABBITMQ_PUBLISH = "POST /api/exchanges/%2F/amq.default/publish";
    private static final String GUEST = basic("guest:guest");

    private final int port;
    private final int seconds;
    private final long pid;
    private final String publish;

    private Calls(int port, long pid, int seconds, String publish) {
        this.port = port;
        this.pid = pid;
        this.seconds = seconds;
        this.publish = publish;
    }

    /** {@code gatepost PORT HOME SECONDS READERS} or {@code rabbitmq PORT PID SECONDS}. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[3]);
        if (arguments[0].equals("rabbitmq")) {
            new Calls(port, Long.parseLong(arguments[2]), seconds, RABBITMQ_PUBLISH).runRabbitMq();
        } else {
            new Calls(port, started(Path.of(arguments[2])), seconds, PUBLISH).run(Integer.parseInt(arguments[4]));
        }
    }

    /** @return the process of the server, once it listens */
    private static long started(Path home) throws Exception {
        Path log = home.resolve("data/log/gatepost.log");
        long end = System.nanoTime() + 60_000_000_000L;
        while (!Files.exists(log) || !Files.readString(log).contains("connector ws listens on")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it did not start");
            }
            Thread.sleep(200);
        }
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("-Dkaraf.home=" + home))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private void runRabbitMq() throws Exception {
        try (Connection connection = new Connection(port)) {
            for (int user = 0; user < USERS; user++) {
                connection.call("PUT /api/queues/%2F/u" + user, GUEST, "{\"durable\":true}", true);
            }
        }
        publish("warm-up", GUEST, 1, true, 2 * seconds);
        publish("RabbitMQ, 1 message a call, Basic", GUEST, 1, true, seconds);
        publish("RabbitMQ, 1 message a call, a connection each", GUEST, 1, false, seconds);
    }

    private static String basic(String account) {
        return "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
    }

    private void run(int readers) throws Exception {
        String basic = basic("app:app");
        String bearer = "Bearer " + token("shop", "publishers");
        System.out.printf("%-46s %12s %12s %14s%n", "", "messages/s", "calls/s", "CPU us/message");
        publish("warm-up, 1 message a call, Basic", basic, 1, true, 2 * seconds);
        publish("1 message a call, Basic", basic, 1, true, seconds);
        publish("1 message a call, Bearer", bearer, 1, true, seconds);
        publish("1 message a call, Basic, a connection each", basic, 1, false, seconds);
        publish("1 message a call, Bearer, a connection each", bearer, 1, false, seconds);
        publish("warm-up, 100 messages a call, Basic", basic, 100, true, seconds);
        publish("100 messages a call, Basic", basic, 100, true, seconds);
        publish("1 message a call, Basic, again", basic, 1, true, seconds);
        System.out.printf("%-46s %12s %12s %14s %14s%n", "", "readers", "KiB heap", "messages/s", "CPU us/event");
        for (int i = 0; i < 2; i++) {
            // the first round warms up
            read("WebSocket", readers, basic, false);
            read("Server-Sent Events", readers, basic, true);
        }
    }

    private void publish(String name, String authorization, int messages, boolean keeping, int length)
            throws Exception {
        AtomicLong calls = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
        long end = System.nanoTime() + length * 1_000_000_000L;
        double before = processorSeconds();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int first = i;
            all.add(threads.submit(() -> {
                Connection connection = null;
                for (int n = first; System.nanoTime() < end; n += PUBLISHERS) {
                    connection = connection == null ? new Connection(port) : connection;
                    connection.call(publish, authorization, json(n * messages, messages), keeping);
                    calls.incrementAndGet();
                    if (!keeping) {
                        connection.close();
                        connection = null;
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        double used = processorSeconds() - before;
        long sent = calls.get() * messages;
        System.out.printf(
                Locale.ROOT,
                "%-46s %12.0f %12.0f %14.1f%n",
                name,
                (double) sent / length,
                (double) calls.get() / length,
                used * 1_000_000 / sent);
    }

    private String json(int first, int messages) {
        if (publish.equals(RABBITMQ_PUBLISH)) {
            return "{\"properties\":{\"delivery_mode\":2},\"routing_key\":\"u" + first % USERS + "\",\"payload\":\"" + BODY
                    + "\",\"payload_encoding\":\"string\"}";
        }
        String all = IntStream.range(first, first + messages)
                .mapToObj(n -> "{\"to\":{\"users\":[\"u" + n % USERS + "\"]},\"body\":\"" + BODY + "\",\"history\":false,\"ttl\":60}")
                .collect(Collectors.joining(","));
        return messages == 1 ? all : "[" + all + "]";
    }

    /** Each of so many users reads, and gets a message by an audience of all of them. */
    private void read(String name, int readers, String authorization, boolean events) throws Exception {
        long heapBefore = settledHeap();
        try (Readers all = new Readers(port, readers, events)) {
            all.awaitOpen();
            long heap = liveHeap() - heapBefore;
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            double before = processorSeconds();
            long got = all.messages();
            long sent = 0;
            try (Connection connection = new Connection(port)) {
                while (System.nanoTime() < end) {
                    connection.call(
                            publish,
                            authorization,
                            "{\"to\":{\"online\":true},\"body\":\"" + BODY + "\",\"history\":false,\"ttl\":60}",
                            true);
                    sent++;
                    all.awaitMessages(got + sent * readers);
                }
            }
            double used = processorSeconds() - before;
            long delivered = all.messages() - got;
            System.out.printf(
                    Locale.ROOT,
                    "%-46s %12d %12.1f %14.0f %14.1f%n",
                    name,
                    readers,
                    heap / 1024.0 / readers,
                    (double) delivered / seconds,
                    used * 1_000_000 / delivered);
        }
    }

    private double processorSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /** @return the live heap once those who read before are gone from it */
    private long settledHeap() throws Exception {
        long heap = liveHeap();
        for (long before = Long.MAX_VALUE; heap < before - before / 500; heap = liveHeap()) {
            before = heap;
            Thread.sleep(2_000);
        }
        return heap;
    }

    private long liveHeap() throws Exception {
        String line = "";
        for (int i = 0; i < 3; i++) {
            Process process = new ProcessBuilder("jcmd", String.valueOf(pid), "GC.class_histogram").start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            line = out.lines().filter(text -> text.startsWith("Total")).findFirst().orElseThrow();
        }
        return Long.parseLong(line.trim().split("\\s+")[2]);
    }

    static String token(String user, String group) throws Exception {
        long ends = System.currentTimeMillis() / 1000 + 3600;
        String claims = "{\"sub\":\"" + user + "\",\"groups\":[\"" + group + "\"],\"exp\":" + ends + "}";
        String input = encode("{\"alg\":\"HS256\"}") + "." + encode(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return input + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One connection for calls, one after the other. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** @throws IOException also for an answer that is no success, or says that no queue got the message */
        void call(String what, String authorization, String json, boolean keeping) throws IOException {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            String head = what + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                    + (keeping ? "" : "\r\nConnection: close") + "\r\n\r\n";
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(head.getBytes(StandardCharsets.US_ASCII));
            request.write(body);
            out.write(request.toByteArray());
            String status = line();
            int length = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.startsWith("content-length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            if (!status.matches("HTTP/1.1 20[014] .*") || answer.contains("\"routed\":false")) {
                throw new IOException(status + " " + answer);
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection ended");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Many sockets that only read, by one thread; a message is known by the end of its body. */
    private static final class Readers implements AutoCloseable, Runnable {


        private final Selector selector = Selector.open();
        private final List<SocketChannel> channels = new ArrayList<>();
        private final AtomicLong bodies = new AtomicLong();
        private final AtomicLong open = new AtomicLong();
        private final int count;
        private final Thread thread = new Thread(this, "readers");
        private volatile boolean closed;

        Readers(int port, int count, boolean events) throws Exception {
            this.count = count;
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channels.add(channel);
                String token = token("u" + i, "users");
                if (events) {
                    channel.write(ByteBuffer.wrap(("GET /gatepost/inbox?start=new HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Authorization: Bearer " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));
                } else {
                    handshake(channel, token, i);
                }
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new int[] {0, 0});
            }
            thread.start();
        }

        private static void handshake(SocketChannel channel, String token, int user) throws IOException {
            channel.write(ByteBuffer.wrap(("GET /stomp HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer one = ByteBuffer.allocate(1);
            for (int ends = 0; ends < 4; ) {
                one.clear();
                channel.read(one);
                byte c = one.get(0);
                ends = c == '\r' || c == '\n' ? ends + 1 : 0;
            }
            frame(channel, "CONNECT\naccept-version:1.2\nhost:localhost\npasscode:" + token + "\n\n\0");
            frame(
                    channel,
                    "SUBSCRIBE\nid:1\ndestination:/gatepost/inbox\ngatepost-start:new\ngatepost-done:by-request\nreceipt:r\n\n\0");
        }

        private static void frame(SocketChannel channel, String text) throws IOException {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 16);
            // a text message, masked with zeros (RFC 6455, section 5.2)
            frame.put((byte) 0x81);
            if (payload.length < 126) {
                frame.put((byte) (0x80 | payload.length));
            } else {
                frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
            }
            frame.putInt(0).put(payload).flip();
            channel.write(frame);
        }

        @Override
        public void run() {
            ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
            try {
                while (!closed) {
                    selector.select(100);
                    for (SelectionKey key : selector.selectedKeys()) {
                        buffer.clear();
                        if (((SocketChannel) key.channel()).read(buffer) < 0) {
                            throw new IOException("a reader was closed: " + new String(buffer.array(), 0, 200, StandardCharsets.US_ASCII));
                        }
                        buffer.flip();
                        look(buffer, (int[]) key.attachment());
                    }
                    selector.selectedKeys().clear();
                }
            } catch (IOException e) {
                if (!closed) {
                    throw new IllegalStateException(e);
                }
            }
        }

        /** @param state how long the run of x is, and whether the beginning was seen */
        private void look(ByteBuffer bytes, int[] state) {
            while (bytes.hasRemaining()) {
                byte c = bytes.get();
                if (c == 'x') {
                    state[0]++;
                    if (state[0] == BODY.length()) {
                        bodies.incrementAndGet();
                    }
                } else {
                    state[0] = 0;
                    // the head of the inbox is said once, by the event or the RECEIPT
                    if (c == 'h') {
                        state[1] = 1;
                    } else if (state[1] > 0 && c == "head".charAt(state[1] == 4 ? 0 : state[1])) {
                        state[1]++;
                        if (state[1] == 4) {
                            open.incrementAndGet();
                            state[1] = -1;
                        }
                    } else if (state[1] > 0) {
                        state[1] = 0;
                    }
                }
            }
        }

        void awaitOpen() throws InterruptedException {
            await(open, count);
        }

        long messages() {
            return bodies.get();
        }

        void awaitMessages(long expected) throws InterruptedException {
            await(bodies, expected);
        }

        private void await(AtomicLong what, long expected) throws InterruptedException {
            long end = System.nanoTime() + 60_000_000_000L;
            while (what.get() < expected) {
                if (System.nanoTime() > end || !thread.isAlive()) {
                    throw new IllegalStateException("expected " + expected + ", got " + what.get());
                }
                Thread.sleep(1);
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            for (SocketChannel channel : channels) {
                channel.close();
            }
            selector.close();
        }
    }
}
