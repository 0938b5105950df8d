package gatepost.itests.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done stays for a while, for whoever asks for it. */
@ExtendWith(Suite.class)
class HistoryIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @ParameterizedTest
    @EnumSource
    void aBrowserGetsTheWholeLogAndThenTheEndMark(Transport transport) {
        owner.publishAll("1", "2", "3", "4");
        done("1", "3");
        try (Tab browser = owner.tab(transport, "browser:true")) {
            List<ServerFrame> messages = browser.next(4);
            Position.assertInOrder(List.of("1", "2", "3", "4"), messages);
            assertEquals(
                    List.of(true, false, true, false),
                    messages.stream().map(Position::isDone).toList());
            assertEquals("end", browser.next().header("browser"));
        }
        assertEquals(List.of("2", "4"), owner.waiting(), "looking takes nothing away");
    }

    @Test
    void anInboxOfWhichNothingIsKnownIsShownAsEmpty() {
        assertEquals(List.of(), owner.log());
    }

    @Test
    void theNewestOfWhatIsDoneStayAndEverythingThatWaits() {
        List<ServerFrame> receipts = owner.publishAll(numbers(0, 20));
        try {
            gatepost.apply(Suite.INBOX, Map.of("history.messages", "5"));
            done(numbers(2, 12));

            await().until(owner::history, List.of("7", "8", "9", "10", "11")::equals);
            assertEquals(
                    Stream.concat(Stream.of("0", "1"), Stream.of(numbers(12, 20)))
                            .toList(),
                    owner.waiting());
            // of what follows 6 all is there; 6 itself is gone
            assertStart(receipts.get(6), false, "7");
            assertStart(receipts.get(5), true, "7");
        } finally {
            gatepost.apply(Suite.INBOX, Suite.USUAL);
        }
    }

    @Test
    void whoIsBehindIsToldOfAGapAlsoWhenWhatHasGoneIsOlderThanWhatWentBefore() {
        owner.publishAll("1", "2", "3", "4");
        try {
            gatepost.apply(Suite.INBOX, Map.of("history.messages", "1"));
            done("3", "4");
            await().until(owner::history, List.of("4")::equals);
            try (Tab behind = owner.administrator("ack:client", "gatepost-start:oldest", "activemq.prefetchSize:1")) {
                ServerFrame first = behind.next();
                assertEquals("1", first.text());
                assertFalse(Position.saysGap(first));

                done("2");
                await().until(owner::history, List.of("4")::equals);

                behind.acknowledge(first);
                ServerFrame next = behind.next();
                assertEquals("4", next.text());
                assertTrue(Position.saysGap(next), next::toString);
            }
        } finally {
            gatepost.apply(Suite.INBOX, Suite.USUAL);
        }
    }

    @Test
    void withoutHistoryNothingStaysThatIsDone() {
        try {
            gatepost.apply(Suite.INBOX, Map.of("history.messages", "0"));
            List<ServerFrame> receipts = owner.publishAll("1", "2", "3");
            done("1", "2");

            await().until(() -> Position.texts(owner.log()), List.of("3")::equals);
            assertStart(receipts.get(0), true, "3");
        } finally {
            gatepost.apply(Suite.INBOX, Suite.USUAL);
        }
    }

    /** The first socket that has a message makes it done, and the others have not got it by then. */
    @Test
    void withoutHistoryEveryTabGetsEveryMessageAllTheSame() {
        List<Tab> tabs = new ArrayList<>();
        try {
            gatepost.apply(Suite.INBOX, Map.of("history.messages", "0"));
            for (int n = 0; n < 10; n++) {
                tabs.add(owner.tab(Transport.values()[n % 2]));
            }
            owner.publishAll(numbers(0, 100));
            tabs.forEach(tab -> Position.assertInOrder(List.of(numbers(0, 100)), tab.next(100)));
            await().until(owner::log, List.of()::equals);
        } finally {
            tabs.forEach(Tab::close);
            gatepost.apply(Suite.INBOX, Suite.USUAL);
        }
    }

    @Test
    void theBytesOfWhatIsDoneAreLimited() {
        String before = gatepost.setting(Suite.INBOX, "history.bytes");
        String text = "x".repeat(2_000);
        try {
            gatepost.apply(Suite.INBOX, Map.of("history.bytes", "10000"));
            owner.publish("y".repeat(20_000));
            owner.publishAll(Stream.generate(() -> text).limit(10).toArray(String[]::new));
            try (Tab tab = owner.tab("ack:client")) {
                tab.acknowledge(tab.next(11).get(10));
            }

            await().until(() -> owner.history().size() <= 5);
            assertTrue(owner.history().size() >= 3, () -> owner.history().size() + " of 2,000 bytes in 10,000");
            assertTrue(owner.history().stream().allMatch(text::equals));
        } finally {
            gatepost.apply(Suite.INBOX, Map.of("history.bytes", before == null ? "1048576" : before));
        }
    }

    @Test
    void whatCameLongAgoGoes() {
        String before = gatepost.setting(Suite.INBOX, "history.age");
        ServerFrame first = owner.publish("1");
        owner.publishAll("2", "3");
        done("1", "2");
        assertEquals(List.of("1", "2"), owner.history());
        try {
            gatepost.apply(Suite.INBOX, Map.of("history.age", "1"));
            await().until(owner::history, List.of()::equals);
            assertEquals(List.of("3"), owner.waiting(), "what waits, waits for ever");
            assertStart(first, true, "3");
        } finally {
            gatepost.apply(Suite.INBOX, Map.of("history.age", before == null ? "604800" : before));
        }
    }

    @Test
    void aMessageMayKeepOutOfHistory() {
        owner.publish("1");
        owner.publish("secret", "gatepost-history:false");
        owner.publish("2");
        assertEquals(List.of("1", "secret", "2"), owner.waiting(), "it waits as any other");
        assertTrue(owner.log().stream().allMatch(message -> message.header("gatepost-history") == null));
        done("1", "secret", "2");

        await().until(owner::history, List.of("1", "2")::equals);
        gatepost.restart();
        assertEquals(List.of("1", "2"), owner.history());
    }

    @Test
    void whatIsNotPersistentHasNoPlaceAndIsNoHistory() {
        try (Tab one = owner.tab("ack:client-individual");
                Tab other = owner.tab("ack:client-individual")) {
            owner.publish("1");
            ServerFrame receipt = owner.publish("light", "persistent:false");
            assertNull(receipt.header("gatepost-offset"));
            owner.publish("2");

            for (Tab tab : List.of(one, other)) {
                List<ServerFrame> messages = tab.next(3);
                assertEquals(List.of("1", "light", "2"), Position.texts(messages));
                assertNull(messages.get(1).header("gatepost-offset"));
            }
            try (Tab later = owner.tab("ack:client")) {
                List<ServerFrame> messages = later.next(3);
                assertEquals(
                        List.of("1", "2", "light"),
                        Position.texts(messages).stream().sorted().toList());
                later.acknowledge(messages.get(2));
            }
        }
        assertEquals(List.of("1", "2"), owner.history());
        owner.publish("lost with the process", "persistent:false");
        gatepost.restart();
        assertEquals(List.of("1", "2"), Position.texts(owner.log()));
    }

    @Test
    void theLogIsTheSameAfterARestart() {
        owner.publishAll("1", "2", "3");
        done("1", "3");
        List<ServerFrame> before = owner.log();

        gatepost.restart();

        List<ServerFrame> after = owner.log();
        assertEquals(
                before.stream().map(HistoryIT::identity).toList(),
                after.stream().map(HistoryIT::identity).toList());
        try (Tab tab = owner.tab("ack:client")) {
            assertEquals("2", tab.next().text());
            ServerFrame receipt = owner.publish("4");
            assertTrue(Position.offset(receipt) > Position.offset(after.get(2)));
            assertEquals(Position.epoch(after.get(0)), Position.epoch(receipt));
            assertEquals("4", tab.next().text());
        }
        try (Tab tab = owner.tab("gatepost-offset:" + Position.offset(before.get(0)))) {
            assertFalse(Position.saysGap(tab.begun()));
            Position.assertInOrder(List.of("2", "3", "4"), tab.next(3));
        }
    }

    private static List<Object> identity(ServerFrame message) {
        return List.of(
                message.text(),
                message.header("message-id"),
                Position.epoch(message),
                Position.offset(message),
                Position.isDone(message));
    }

    private void assertStart(ServerFrame behind, boolean gap, String first) {
        try (Tab tab = owner.tab(
                "ack:client",
                "gatepost-offset:" + Position.offset(behind),
                "gatepost-epoch:" + Position.epoch(behind))) {
            assertEquals(gap, Position.saysGap(tab.begun()), () -> "behind " + behind + ": " + tab.begun());
            ServerFrame next = tab.next();
            assertEquals(first, next.text());
            assertEquals(gap, Position.saysGap(next), next::toString);
        }
    }

    /** Acknowledges those of these texts, as the owner. */
    private void done(String... texts) {
        List<String> wanted = List.of(texts);
        int count = owner.waiting().size();
        try (Tab tab = owner.tab("ack:client-individual")) {
            tab.next(count).stream()
                    .filter(message -> wanted.contains(message.text()))
                    .forEach(tab::acknowledge);
        }
    }

    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toArray(String[]::new);
    }
}
