package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
        AssertionError failure =
                assertThrows(AssertionError.class, () -> Command.run(FOLDER, environment, PYTHON, "-c", """
                        import os, notify
                        publisher = notify.Publisher("localhost", int(os.environ["GATEPOST_PORT"]), "alice", "alice")
                        publisher.publish("python-2", "not allowed", attempts=2)
                        """));
        assertTrue(
                failure.getMessage().contains("not confirmed after 2 attempts: Denied: write queue://user.python-2"),
                failure.getMessage());
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
        Site.serve("python-3");
        try (Program answers = answers();
                Page page = Suite.browser().open("/index.html")) {
            assertTrue(answers.handle().isAlive());
            Site.awaitConnected(page);
            ask(page, "how are you?");
            page.until("document.forms.ask.elements.answer.value === 'python-3 asked: how are you?'");
            Suite.publish("python-3", "a message");
            page.reload();
            Site.awaitMessages(page, "a message");
            Site.awaitUnread(page, 1);
            page.assertSound();
        }
    }

    @Test
    void whoAsksIsAnsweredWhateverTheQuestionSaysOfThemAndNobodyIsNot() {
        try (Program answers = answers();
                StompClient eve = Transport.TCP.client(Suite.gatepost())) {
            eve.connect("eve", Token.of("eve", Duration.ofHours(1)));
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
        Site.serve("python-4");
        try (Program answers = answers();
                Page page = Suite.browser().open("/index.html")) {
            Site.awaitConnected(page);
            Suite.gatepost().shell("gatepost:session-close --user system");
            assertEquals("answering", answers.line());
            ask(page, "are you back?");
            page.until("document.forms.ask.elements.answer.value === 'python-4 asked: are you back?'");
        }
    }

    private static void ask(Page page, String question) {
        page.evaluate("document.forms.ask.elements.question.value = '" + question + "'");
        page.evaluate("document.forms.ask.requestSubmit()");
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
            client.connect(user, Token.of(user, Duration.ofHours(1)));
            client.send(ClientFrame.subscribe("1", "/queue/user." + user, "ack:client-individual"));
            ServerFrame message = client.expect("MESSAGE");
            client.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
            return message;
        }
    }
}
