package gatepost.authorization.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authorization.api.Denial;
import gatepost.authorization.engine.Decision;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.activemq.broker.ConnectionContext;
import org.junit.jupiter.api.Test;

class AuditTest {

    private final Audit audit = new Audit();

    @Test
    void aDenialIsOneLineOfKeysAndValues() {
        String line = written(() -> audit.decided(
                Crafted.context("ID:c:1", "alice", "users,staff"),
                "read",
                "queue://user.bob",
                Decision.denied("no entry allows it")));
        assertTrue(
                line.endsWith(
                        Audit.LOGGER
                                + " - decision=\"denied\" user=\"alice\" groups=\"staff,users\" operation=\"read\" "
                                + "destination=\"queue://user.bob\" client=\"alice/id\" address=\"\" reason=\"no entry allows it\"\n"),
                line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void whatWasAllowedIsWrittenOnRequest() {
        ConnectionContext context = Crafted.context("ID:c:1", "alice", "users");
        Runnable allowed = () -> audit.decided(context, "read", "queue://user.alice", Decision.allowedBy("own-queue"));
        assertEquals("", written(allowed));
        audit.writeAllowed(true);
        assertTrue(written(allowed).contains("decision=\"allowed\""));
        assertTrue(written(allowed).endsWith(" entry=\"own-queue\"\n"));
        audit.writeAllowed(false);
        assertEquals("", written(allowed));
    }

    @Test
    void whatAClientChoseCannotForgeALineOrAField() {
        String line = written(() -> audit.decided(
                Crafted.context("ID:c:1", "a\" operation=\"x\ndecision=allowed\u2028\u202e", "g"),
                "read",
                "queue://\\\" x=\"\r\0",
                Decision.denied("r")));
        assertEquals(1, line.lines().count(), line);
        assertTrue(line.contains("user=\"a\\\" operation=\\\"x\\u000adecision=allowed\\u2028\\u202e\" groups"), line);
        assertTrue(line.contains("destination=\"queue://\\\\\\\" x=\\\"\\u000d\\u0000\" client"), line);
    }

    @Test
    void aLongNameDoesNotFillTheLog() {
        String line = written(() -> audit.decided(
                Crafted.context("ID:c:1", "a", "g"), "read", "queue://" + "x".repeat(100_000), Decision.denied("r")));
        assertTrue(line.length() < 1000);
    }

    @Test
    void whatWasDeniedLastIsRememberedTheNewestFirstAndNoMoreThanAScreenful() {
        for (int i = 0; i < 200; i++) {
            String queue = "queue://q" + i + "\n" + "x".repeat(100_000);
            written(() ->
                    audit.decided(Crafted.context("ID:c:1", "a\u202e", "g"), "read", queue, Decision.denied("r")));
        }
        written(() -> audit.cut(Crafted.context("ID:c:1", "b", "g"), "read", "queue://z", "the map has changed"));
        written(() -> audit.decided(Crafted.context("ID:c:1", "c", "g"), "read", "queue://c", Decision.allowedBy("e")));

        List<Denial> denials = audit.recentDenials();
        assertEquals(50, denials.size());
        assertEquals(
                "b queue://z true",
                denials.get(0).user() + " " + denials.get(0).destination() + " "
                        + denials.get(0).cut());
        assertEquals("a\\u202e", denials.get(1).user());
        assertTrue(
                denials.get(1).destination().startsWith("queue://q199\\u000axxx"),
                denials.get(1).destination());
        assertTrue(denials.get(1).destination().length() < 600);
    }

    private static String written(Runnable call) {
        PrintStream terminal = System.err;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setErr(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            call.run();
        } finally {
            System.setErr(terminal);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
