package gatepost.itests.smoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A test or two in place of each of the other suites, and of their programs none: what breaks at large shows here, within seconds. Each
 * test has users and queues of its own, and takes back what it configures.
 */
class SmokeIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @AutoClose
    private static Gatepost gatepost;

    @BeforeAll
    static void start() {
        gatepost = Gatepost.unpack();
        Map<String, String> users = new TreeMap<>();
        for (String user : List.of("ada", "ben", "cleo", "dora", "emil", "flora", "gina")) {
            users.put(user, user + ",users");
        }
        users.put("newcomer", "newcomer,users,newcomers");
        gatepost.configure("gatepost.users.properties", users);
        gatepost.configure("gatepost.welcome.cfg", Map.of("enabled", "true", "group", "newcomers"));
        gatepost.start();
    }

    // protocol

    @ParameterizedTest
    @EnumSource
    void protocolTransactionReceiptsAndAcknowledgements(Transport transport) {
        String queue = "/queue/app.protocol." + transport;
        try (StompClient app = application(transport)) {
            app.done(ClientFrame.of("BEGIN", "transaction:t"));
            app.done(ClientFrame.send(queue, "aborted", "transaction:t"));
            app.done(ClientFrame.of("ABORT", "transaction:t"));
            app.done(ClientFrame.of("BEGIN", "transaction:t"));
            app.done(ClientFrame.send(queue, "Grüße", "transaction:t"));
            app.done(ClientFrame.of("COMMIT", "transaction:t"));
            app.done(ClientFrame.subscribe("1", queue, "ack:client-individual"));
            ServerFrame message = app.expect("MESSAGE");
            assertEquals("Grüße", message.text());
            app.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void protocolAnUnknownCommandIsAnErrorAndTheEnd(Transport transport) {
        try (StompClient client = transport.client(gatepost)) {
            client.connect("ada", "ada");
            client.send(ClientFrame.of("SHOUT"));
            client.expect("ERROR");
            client.expectEnd();
        }
    }

    // fairness

    @Test
    void fairnessAFrameAboveTheLimitEndsItsOwnConnectionOnly() {
        try (Bystander bystander = Bystander.watch(gatepost);
                StompClient mallory = Transport.TCP.client(gatepost)) {
            mallory.connect("ada", "ada");
            mallory.send("SEND\ndestination:/queue/app.inbox\ncontent-length:" + (1L << 30) + "\n\n");
            assertEquals("ERROR", mallory.frame().command());
            mallory.expectEnd();
            bystander.assertUnharmed();
        }
    }

    // gate

    @Test
    void gateAWrongPasswordIsRefusedAndNobodyReadsWhatIsAnothers() {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.send(ClientFrame.of("CONNECT", "accept-version:1.2", "host:x", "login:ben", "passcode:wrong"));
            client.expect("ERROR");
            client.expectEnd();
        }
        try (StompClient ben = Transport.WEB_SOCKET.client(gatepost)) {
            ben.connect("ben", "ben");
            assertEquals(
                    "ERROR",
                    ben.request(ClientFrame.subscribe("1", "/queue/user.ada")).command());
        }
    }

    @Test
    void gateARightThatIsTakenAwayCutsWhoUsesItAndNobodyElse() {
        String map = "gatepost.authorization.cfg";
        gatepost.apply(map, Map.of("entry.smoke", "queue://smoke.> read=users admin=users"));
        try (StompClient cleo = Transport.TCP.client(gatepost);
                StompClient ben = Transport.TCP.client(gatepost)) {
            cleo.connect("cleo", "cleo");
            cleo.done(ClientFrame.subscribe("1", "/queue/smoke.cleo"));
            ben.connect("ben", "ben");
            ben.done(ClientFrame.subscribe("1", "/queue/user.ben"));
            Map<String, String> without = new TreeMap<>();
            without.put("entry.smoke", null);
            gatepost.apply(map, without);
            cleo.expect("ERROR");
            cleo.expectEnd();
            ben.done(ClientFrame.send("/queue/app.inbox", "still here"));
        }
    }

    // clients

    @Test
    void clientsWhatIsSentWhileAUserIsAwayWaitsAndComesAgainUntilItIsAcknowledged() {
        try (StompClient app = application(Transport.TCP)) {
            app.done(ClientFrame.send("/queue/user.dora", "while you were away"));
        }
        for (int visit = 1; visit <= 2; visit++) {
            try (StompClient dora = Transport.WEB_SOCKET.client(gatepost)) {
                dora.connect("dora", "dora");
                dora.done(ClientFrame.subscribe("1", "/queue/user.dora", "ack:client"));
                ServerFrame message = dora.expect("MESSAGE");
                assertEquals("while you were away", message.text());
                if (visit == 2) {
                    dora.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
                }
            }
        }
        try (StompClient app = application(Transport.TCP);
                StompClient dora = Transport.WEB_SOCKET.client(gatepost)) {
            app.done(ClientFrame.send("/queue/user.dora", "next"));
            dora.connect("dora", "dora");
            dora.done(ClientFrame.subscribe("1", "/queue/user.dora"));
            assertEquals("next", dora.expect("MESSAGE").text());
        }
    }

    // inbox

    @Test
    void inboxTwoTabsGetEveryMessageAndOneThatComesLaterBeginsBehindWhatIsDone() {
        try (StompClient app = application(Transport.TCP);
                StompClient tab = inbox(Transport.WEB_SOCKET);
                StompClient other = inbox(Transport.TCP)) {
            app.done(ClientFrame.send("/queue/user.gina", "one"));
            app.done(ClientFrame.send("/queue/user.gina", "two"));
            ServerFrame one = tab.expect("MESSAGE");
            assertEquals("one", one.text());
            assertEquals("two", tab.expect("MESSAGE").text());
            assertEquals("one", other.expect("MESSAGE").text());
            assertEquals("two", other.expect("MESSAGE").text());
            tab.done(ClientFrame.of("ACK", "id:" + one.header("ack")));
            try (StompClient later = inbox(Transport.WEB_SOCKET)) {
                assertEquals("two", later.expect("MESSAGE").text());
            }
        }
    }

    // operations

    @Test
    void operationsTheShellAndTheMonitorsSeeWhoIsThere() throws Exception {
        try (StompClient emil = Transport.TCP.client(gatepost)) {
            emil.connect("emil", "emil");
            assertTrue(gatepost.shell("gatepost:session-list --no-format").contains("emil"));
            awaitWebServer();
            assertTrue(get("/metrics").body().contains("gatepost_"), "there are metrics");
            assertEquals("ok\n", get("/health/live").body());
        }
    }

    @Test
    void operationsAValueThatCannotBeUsedIsRefusedAndTheStatusSaysSo() {
        String before = read("gatepost.broker.cfg");
        gatepost.applyRefused("gatepost.broker.cfg", Map.of("store.limit", "plenty"));
        gatepost.awaitStatus("store.limit");
        gatepost.awaitLog("etc/gatepost.broker.cfg is in force", () -> gatepost.write("gatepost.broker.cfg", before));
    }

    // console

    @Test
    void consoleOnlyAnAdministratorSignsIn() throws Exception {
        awaitWebServer();
        assertTrue(get("/").body().contains("<html"), "the page is there");
        String password = read("users.properties").replaceAll("(?s).*?(?m:^)admin *= *([^,]+),.*", "$1");
        assertEquals(200, signIn("admin", password).statusCode());
        assertEquals(401, signIn("system", "manager").statusCode());
        assertEquals(401, post("/api/live", "{}").statusCode());
    }

    // routes

    @Test
    void routesAFileIsTakenInAndItsMessagesArrive() throws IOException {
        gatepost.awaitLog("etc/routes/smoke.yaml is in force", () -> gatepost.write("routes/smoke.yaml", """
                - route:
                    id: smoke
                    from:
                      uri: timer:smoke?repeatCount=1
                      steps:
                        - setBody:
                            constant: from a route
                        - to: gatepost:user.flora
                """));
        try (StompClient flora = Transport.WEB_SOCKET.client(gatepost)) {
            flora.connect("flora", "flora");
            flora.done(ClientFrame.subscribe("1", "/queue/user.flora"));
            assertEquals("from a route", flora.expect("MESSAGE").text());
        } finally {
            Files.delete(gatepost.etc("routes/smoke.yaml"));
        }
    }

    // welcome

    @Test
    void welcomeANewUserIsGreeted() {
        try (StompClient newcomer = Transport.WEB_SOCKET.client(gatepost)) {
            newcomer.connect("newcomer", "newcomer");
            newcomer.done(ClientFrame.subscribe("1", "/queue/user.newcomer"));
            assertEquals("Welcome, newcomer!", newcomer.expect("MESSAGE").text());
        }
    }

    /** @return a tab of gina's */
    private static StompClient inbox(Transport transport) {
        StompClient client = transport.client(gatepost);
        client.connect("gina", "gina");
        client.done(ClientFrame.subscribe("1", "/queue/user.gina", "ack:client-individual"));
        return client;
    }

    private static StompClient application(Transport transport) {
        StompClient client = transport.client(gatepost);
        client.connect("system", "manager");
        return client;
    }

    /** It may open after the connectors. */
    private static void awaitWebServer() {
        Awaitility.await("the web server answers")
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("/health/ready").statusCode() == 200);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> signIn(String user, String password) throws IOException, InterruptedException {
        return post("/session", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HTTP.send(
                request(path)
                        .header("Origin", web())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(web() + path));
    }

    private static String web() {
        return "http://127.0.0.1:" + gatepost.httpPort();
    }

    private static String read(String file) {
        try {
            return Files.readString(gatepost.etc(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
