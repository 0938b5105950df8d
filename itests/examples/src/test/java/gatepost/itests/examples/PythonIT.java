package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of {@code examples/python} with Debian's python3-stomp. */
@ExtendWith(Suite.class)
class PythonIT {

    private static final Path FOLDER = Suite.EXAMPLES.resolve("python");
    private static final String PYTHON = "/usr/bin/python3";

    @Test
    void aNoticeArrives() {
        Suite.publish("python-1", "from Python: \u00e4");
        assertEquals("from Python: \u00e4", next("python-1").text());
    }

    @Test
    void aNoticeThatIsNotConfirmedIsAFailure() {
        Map<String, String> environment = new HashMap<>(Suite.environment());
        environment.put("GATEPOST_LOGIN", "alice");
        environment.put("GATEPOST_PASSCODE", "alice");
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> Command.run(
                        FOLDER,
                        environment,
                        PYTHON,
                        "-c",
                        "import notify; notify.publish('python-2', 'not allowed', attempts=2)"));
        assertTrue(
                failure.getMessage().contains("not confirmed after 2 attempts: Denied: write queue://user.python-2"),
                failure.getMessage());
    }

    @Test
    void aNoticeOverHttpArrives() {
        String printed = http("system", "manager", "notify_http.py", "python-5", "over HTTP: \u00e4");
        ServerFrame message = next("python-5");
        assertEquals("over HTTP: \u00e4", message.text());
        assertTrue(printed.contains("'offset': " + message.header("gatepost-offset")), printed);
    }

    @Test
    void aNoticeOverHttpThatIsRefusedSaysWhyAtOnce() {
        AssertionError failure = assertThrows(
                AssertionError.class, () -> http("alice", "alice", "notify_http.py", "python-6", "not allowed"));
        assertTrue(
                failure.getMessage().contains("RuntimeError: Denied: write queue://user.python-6"),
                failure.getMessage());
    }

    @Test
    void aNoticeOverHttpWaitsForAGatepostThatIsAway() {
        Map<String, String> environment = httpEnvironment("system", "manager");
        Suite.gatepost().stop();
        try (Program waiting = Program.start(FOLDER, environment, List.of(PYTHON, "-c", """
                        import os, notify_http
                        print("begins", flush=True)
                        print(notify_http.notify(os.environ["GATEPOST_URL"], {"users": ["python-7"]}, "was away"), flush=True)
                        """))) {
            assertEquals("begins", waiting.line());
            Suite.gatepost().start();
            assertTrue(waiting.line().contains("'offset': "));
        }
        assertEquals("was away", next("python-7").text());
    }

    /** The same as of {@code clients/ruby}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("gatepost.itests.examples.Webhooks#rows")
    void webhooksAreVerified(Webhooks row) {
        String printed = Command.run(FOLDER, row.environment(), PYTHON, "-c", """
                import json, os, webhook
                row = json.loads(os.environ["ROW"])
                headers = {"webhook-id": row["id"], "webhook-timestamp": row["timestamp"], "webhook-signature": row["signature"]}
                try:
                    print(webhook.verify(row["body"].encode(), headers, row["secrets"], row["now"]) == json.loads(row["body"]))
                except ValueError as failure:
                    print(failure)
                """);
        assertEquals(row.good(), printed.equals("True\n"), printed);
        assertTrue(row.good() || printed.startsWith("webhook-"), printed);
    }

    @Test
    void aNameThatIsNoNameOfAQueueIsRefused() {
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> Command.run(FOLDER, Suite.environment(), PYTHON, "notify.py", "a,user.b", "for two"));
        assertTrue(failure.getMessage().contains("'a,user.b' is no name of a queue"), failure.getMessage());
    }

    @Test
    void whatAUserAsksInThePageIsAnsweredThere() {
        try (Program answers = answers();
                Page page = open("python-3")) {
            assertTrue(answers.handle().isAlive());
            assertEquals("python-3 asked: how are you?", ask(page, "how are you?"));
            page.assertSound();
        }
    }

    @Test
    void whoAsksIsAnsweredWhateverTheQuestionSaysOfThemAndNobodyIsNot() {
        try (Program answers = answers();
                StompClient eve = Transport.TCP.client(Suite.gatepost())) {
            eve.connect("eve", Token.of("eve", "users", Duration.ofHours(1)));
            eve.done(ClientFrame.subscribe("1", "/queue/user.eve"));
            Suite.gatepost().shell("gatepost:message-send --header gatepost-user:eve app.inbox nobody");
            eve.done(ClientFrame.send(
                    "/queue/app.inbox",
                    "mine",
                    "gatepost-user:alice",
                    "correlation-id:7",
                    "reply-to:/queue/user.alice"));
            ServerFrame answer = eve.expect("MESSAGE");
            assertEquals("eve asked: mine", answer.text());
            assertEquals("7", answer.header("correlation-id"));
            assertEquals("system", answer.header("gatepost-user"));
            assertTrue(answers.handle().isAlive());
        }
    }

    @Test
    void whoAnswersComesBackWhenTheConnectionIsCut() {
        try (Program answers = answers();
                Page page = open("python-4")) {
            Suite.gatepost().shell("gatepost:session-close --user system");
            assertEquals("answering", answers.line());
            assertEquals("python-4 asked: are you back?", ask(page, "are you back?"));
        }
    }

    private static Page open(String user) {
        Suite.browser().serve("/ask.html", """
                <!DOCTYPE html>
                <script type="module">
                  import { connect } from '%s/client.js';
                  window.inbox = connect(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
                </script>
                """.formatted(Suite.http()));
        String url = "ws://localhost:" + Suite.gatepost().wsPort() + "/stomp";
        Page page =
                Suite.browser().open("/ask.html#url=" + url + "&user=" + user + "&token=" + Token.of(user, "users"));
        page.until("window.inbox?.connected");
        return page;
    }

    private static String ask(Page page, String question) {
        return page.evaluate("inbox.ask('/queue/app.inbox', '" + question + "').then(({ body }) => body)")
                .asText();
    }

    private static String http(String login, String passcode, String... command) {
        return Command.run(
                FOLDER,
                httpEnvironment(login, passcode),
                Stream.concat(Stream.of(PYTHON), Stream.of(command)).toArray(String[]::new));
    }

    private static Map<String, String> httpEnvironment(String login, String passcode) {
        Map<String, String> environment = new HashMap<>(Suite.environment());
        environment.put("GATEPOST_URL", Suite.url(login, passcode));
        return environment;
    }

    private static Program answers() {
        Program answers = Program.start(
                FOLDER,
                Suite.environment(),
                List.of("sh", "-c", PYTHON + " answer.py & cat >/dev/null; kill $!; wait"));
        assertEquals("answering", answers.line());
        return answers;
    }

    static ServerFrame next(String user) {
        try (StompClient client = Transport.TCP.client(Suite.gatepost())) {
            client.connect(user, Token.of(user, "users", Duration.ofHours(1)));
            client.send(ClientFrame.subscribe("1", "/queue/user." + user, "ack:client-individual"));
            ServerFrame message = client.expect("MESSAGE");
            client.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
            return message;
        }
    }
}
