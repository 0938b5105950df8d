package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of ten tabs one stops reading: that is no matter of the other nine. */
@ExtendWith(Suite.class)
class SlowTabIT {

    private static final int OTHERS = 9;
    private static final int MESSAGES = 200;
    /** All of them are more than the sockets of the slow tab hold. */
    private static final String PADDING = "x".repeat(64 << 10);
    /** The slowest of the messages may take so long from its SEND to the last of the nine. */
    private static final long PROMPTLY_MILLIS = 2_000;

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @Test
    void theOthersGetEachMessagePromptlyAndTheSlowOneGetsAllWhenItReadsAgain() {
        String bytes = gatepost.setting(Suite.INBOX, "history.bytes");
        try {
            gatepost.apply(Suite.INBOX, Map.of("history.messages", "100000", "history.bytes", "" + (64 << 20)));
            assertEquals(numbers(), numbersOf(slowTabsMessages(Transport.WEB_SOCKET)));
        } finally {
            gatepost.apply(Suite.INBOX, Suite.USUAL);
            gatepost.apply(Suite.INBOX, Map.of("history.bytes", bytes == null ? "1048576" : bytes));
        }
    }

    @Test
    void whatTheHistoryHasNotGotByThenIsToldToTheSlowOneAsAGap() {
        List<ServerFrame> messages = slowTabsMessages(Transport.TCP);
        assertTrue(messages.size() < MESSAGES, "the history had all of them, or the sockets");
        int expected = 0;
        for (ServerFrame message : messages) {
            int number = number(message);
            assertTrue(number >= expected, () -> number + " came again, or late");
            assertEquals(number > expected, Position.saysGap(message), "a gap before " + number);
            expected = number + 1;
        }
        assertEquals(MESSAGES, expected);
    }

    /** Sends all to ten tabs, of which one reads only when the others have all; returns what came to that one. */
    private List<ServerFrame> slowTabsMessages(Transport transport) {
        List<Tab> others = new ArrayList<>();
        try (Tab slow = owner.tab(transport);
                StompClient application = Queues.admin(gatepost)) {
            for (int n = 0; n < OTHERS; n++) {
                others.add(owner.tab(Transport.values()[n % 2]));
            }
            for (int n = 0; n < MESSAGES; n++) {
                long began = System.nanoTime();
                application.send(ClientFrame.send(owner.inbox(), n + " " + PADDING));
                for (Tab tab : others) {
                    assertEquals(n, number(tab.next()));
                }
                long millis = (System.nanoTime() - began) / 1_000_000;
                assertTrue(millis < PROMPTLY_MILLIS, "message " + n + " took " + millis + " ms");
            }
            List<ServerFrame> messages = new ArrayList<>();
            do {
                messages.add(slow.next());
            } while (number(messages.get(messages.size() - 1)) < MESSAGES - 1);
            return messages;
        } finally {
            others.forEach(Tab::close);
        }
    }

    private static int number(ServerFrame message) {
        return Integer.parseInt(message.text().split(" ", 2)[0]);
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, MESSAGES).boxed().toList();
    }

    private static List<Integer> numbersOf(List<ServerFrame> messages) {
        return messages.stream().map(SlowTabIT::number).toList();
    }
}
