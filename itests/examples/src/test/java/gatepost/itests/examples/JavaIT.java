package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import example.Notifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code examples/java}. */
@ExtendWith(Suite.class)
class JavaIT {

    @Test
    void aNoticeArrivesAlsoAfterTheConnectionWasCut() throws InterruptedException {
        try (Notifier notifier = new Notifier("localhost", Suite.gatepost().stompPort(), "system", "manager")) {
            notifier.send("java-1", "from Java: \u00e4");
            assertEquals("from Java: \u00e4", PythonIT.next("java-1").text());

            Suite.gatepost().shell("gatepost:session-close --user system");
            notifier.send("java-1", "again");
            assertEquals("again", PythonIT.next("java-1").text());
        }
    }

    @Test
    void aNameThatIsNoNameOfAQueueIsRefused() {
        try (Notifier notifier = new Notifier("localhost", Suite.gatepost().stompPort(), "system", "manager")) {
            assertThrows(IllegalArgumentException.class, () -> notifier.send("a,user.b", "for two"));
        }
    }
}
