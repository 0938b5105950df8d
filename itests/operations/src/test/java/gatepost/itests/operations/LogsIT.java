package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever reads a log does so in a terminal, which takes orders from what it shows. */
@ExtendWith(Suite.class)
class LogsIT {

    /** Deletes the line above and writes in red, by either of the two ways to begin such an order. */
    private static final String ORDER = "\u001b[1A\u001b[2K\u001b[31m\u009b31mforged";

    private static final String ESCAPE = "\u001b";
    private static final String SHORT_ESCAPE = "\u009b";

    @ParameterizedTest
    @EnumSource
    void nothingThatAClientSendsReachesALogOrTheShellAsItCame(Transport transport) throws IOException {
        // what clients are refused is told at DEBUG only, where the audit log does not have it
        Suite.gatepost().shell("log:set DEBUG gatepost.transport");
        try (Bystander bystander = Bystander.watch(Suite.gatepost());
                Terminal terminal = new Terminal(Suite.gatepost())) {
            String mark = "marked-" + transport.name().toLowerCase(Locale.ROOT);
            List<ServerFrame> answers = new ArrayList<>();
            for (ClientFrame frame : frames(mark + ORDER)) {
                try (StompClient client = transport.client(Suite.gatepost())) {
                    client.connect("alice", "alice");
                    answers.add(client.request(frame));
                }
            }
            for (String connect : connects(mark + ORDER)) {
                try (StompClient client = transport.client(Suite.gatepost())) {
                    client.send(connect);
                    answers.add(client.frame());
                }
            }
            Awaitility.await().until(() -> logs().contains(mark));
            assertFalse(logs().contains(ESCAPE), () -> lines(ESCAPE));
            assertFalse(logs().contains(SHORT_ESCAPE), () -> lines(SHORT_ESCAPE));
            // to whoever has no terminal the shell gives no orders in any case
            terminal.run("log:display");
            String shown = terminal.screen();
            assertTrue(shown.contains(mark), shown);
            assertFalse(
                    shown.contains(ESCAPE + "[1A" + ESCAPE + "[2K") || shown.contains(SHORT_ESCAPE),
                    () -> shown.lines()
                            .filter(line -> line.contains(mark))
                            .toList()
                            .toString());
            answers.forEach(LogsIT::assertNoStackTrace);
            bystander.assertUnharmed();
        } finally {
            Suite.gatepost().shell("log:set DEFAULT gatepost.transport");
        }
    }

    @Test
    void neitherDoWhatABrowserSaysOfItsPageAndANameAtTheConsole() throws Exception {
        WebSocketRequest request =
                WebSocketRequest.to(Suite.gatepost().wsPort()).with("Origin", "http://marked-page" + ORDER);
        assertTrue(request.answer().status() >= 400);
        request.socket().close();
        HttpRequest signIn = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + Suite.gatepost().httpPort() + "/session"))
                .header("Origin", "http://127.0.0.1:" + Suite.gatepost().httpPort())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"user\":\"marked-name\\u001b[31m\\u009b31m\",\"password\":\"x\"}"))
                .build();
        HttpClient.newHttpClient().send(signIn, HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(() -> logs().contains("marked-name"));
        assertFalse(logs().contains(ESCAPE) || logs().contains(SHORT_ESCAPE), () -> lines("marked-"));
    }

    @Test
    void pagesThatAreRefusedForTheirOriginAreCountedAndToldOnceInAWhile() throws Exception {
        double before = Suite.web().metrics().counted("gatepost_origins_refused_total", "connector", "ws");
        for (int i = 0; i < 20; i++) {
            WebSocketRequest request =
                    WebSocketRequest.to(Suite.gatepost().wsPort()).with("Origin", "http://forgotten.example");
            assertEquals(403, request.answer().status());
            request.socket().close();
        }
        assertEquals(20, Suite.web().metrics().counted("gatepost_origins_refused_total", "connector", "ws") - before);
        List<String> told = Suite.gatepost()
                .log()
                .lines()
                .filter(line -> line.contains("connector ws refused") && line.contains("http://forgotten.example"))
                .toList();
        assertTrue(told.size() <= 1, told.toString());
    }

    /** Each of them is told of in a log, or in the answer. */
    private static List<ClientFrame> frames(String evil) {
        return List.of(
                ClientFrame.subscribe("s", "/queue/" + evil),
                ClientFrame.subscribe("s", evil),
                ClientFrame.subscribe("s", "/temp-queue/" + evil),
                ClientFrame.subscribe(evil, "/queue/user.alice").with("selector:" + evil),
                ClientFrame.subscribe("s", "/topic/" + evil).with("activemq.subscriptionName:" + evil),
                ClientFrame.send("/queue/" + evil, "x"),
                ClientFrame.send("/queue/app.inbox", "x").with("transaction:" + evil),
                ClientFrame.send("/queue/app.inbox", "x").with("expires:" + evil),
                ClientFrame.of("ACK", "id:" + evil),
                ClientFrame.of("BEGIN", "transaction:tx", evil + ":x"),
                ClientFrame.of("COMMIT", "transaction:" + evil),
                ClientFrame.of("UNSUBSCRIBE", "id:" + evil),
                ClientFrame.of(evil, "a:b"));
    }

    private static List<String> connects(String evil) {
        String begin = "CONNECT\naccept-version:1.2\nhost:localhost\n";
        return List.of(
                begin + "login:" + evil + "\npasscode:x\n\n\0",
                begin + "login:alice\npasscode:" + evil + "\n\n\0",
                begin + "login:alice\npasscode:alice\nclient-id:" + evil + "\nheart-beat:" + evil + "\n\n\0",
                begin + "login:alice\npasscode:wrong\nclient-id:" + evil + "\n\n\0",
                "CONNECT\naccept-version:" + evil + "\nlogin:alice\n\n\0",
                evil + "\n\n\0");
    }

    private static void assertNoStackTrace(ServerFrame answer) {
        String text = answer.toString();
        assertFalse(
                text.contains("\tat ")
                        || text.contains("Exception")
                        || text.contains("org.apache.")
                        || text.contains("java."),
                text);
    }

    private static String lines(String sign) {
        return logs().lines().filter(line -> line.contains(sign)).toList().toString();
    }

    /** Everything in data/log. */
    private static String logs() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(Suite.gatepost().home().resolve("data/log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
