package gatepost.itests.inbox;

import static gatepost.itests.harness.ClientFrame.send;
import static gatepost.itests.harness.ClientFrame.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every subscription gets every message, in the order of the offsets; none competes, and none holds up another. */
@ExtendWith(Suite.class)
class EveryTabIT {

    private final Owner owner = Owner.next();

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client", "client-individual"})
    void tabsOverBothTransportsGetEveryMessage(String mode) {
        List<String> texts = numbers(0, 20);
        try (Tab tcp = owner.tab(Transport.TCP, "ack:" + mode);
                Tab web = owner.tab(Transport.WEB_SOCKET, "ack:" + mode)) {
            List<ServerFrame> receipts = owner.publishAll(texts.toArray(String[]::new));

            List<ServerFrame> one = tcp.next(20);
            List<ServerFrame> other = web.next(20);
            Position.assertInOrder(texts, one);
            Position.assertInOrder(texts, other);
            assertEquals(Position.offsets(receipts), Position.offsets(one));
            assertEquals(Position.offsets(receipts), Position.offsets(other));
            assertEquals(ids(one), ids(other));
            assertEquals(20, ids(one).stream().distinct().count());
            assertTrue(Stream.concat(one.stream(), other.stream()).noneMatch(Position::isRedelivered));
            assertEquals(Position.epoch(tcp.begun()), Position.epoch(one.get(0)));
        }
    }

    @Test
    void tabsOfDifferentModesGetEveryMessage() {
        List<String> texts = numbers(0, 20);
        try (Tab auto = owner.tab();
                Tab client = owner.tab("ack:client");
                Tab individual = owner.tab(Transport.WEB_SOCKET, "ack:client-individual")) {
            for (String text : texts) {
                owner.publish(text);
                for (Tab tab : List.of(auto, client, individual)) {
                    assertEquals(text, tab.next().text());
                }
            }
        }
    }

    @Test
    void tenTabsGetAHundredMessagesEach() {
        List<String> texts = numbers(0, 100);
        List<Tab> tabs = new ArrayList<>();
        try {
            for (int n = 0; n < 10; n++) {
                tabs.add(owner.tab(Transport.values()[n % 2]));
            }
            owner.publishAll(texts.toArray(String[]::new));
            tabs.forEach(tab -> Position.assertInOrder(texts, tab.next(100)));
        } finally {
            tabs.forEach(Tab::close);
        }
    }

    @Test
    void twoSubscriptionsOfOneConnectionGetEveryMessageEach() {
        try (StompClient client = Transport.WEB_SOCKET.client(Suite.gatepost())) {
            client.connect(owner.name(), owner.name());
            client.done(subscribe("one", owner.inbox()));
            client.done(subscribe("two", owner.inbox(), "ack:client"));
            owner.publishAll("a", "b");

            List<String> came = Stream.generate(() -> client.expect("MESSAGE"))
                    .limit(4)
                    .map(message -> message.header("subscription") + " " + message.text())
                    .toList();
            assertEquals(
                    List.of("one a", "one b"),
                    came.stream().filter(text -> text.startsWith("one")).toList());
            assertEquals(
                    List.of("two a", "two b"),
                    came.stream().filter(text -> text.startsWith("two")).toList());
        }
    }

    @Test
    void anOwnersNameMayHaveDots() {
        try (Tab one = Owner.WITH_DOTS.tab("ack:client");
                Tab other = Owner.WITH_DOTS.tab("ack:client")) {
            Owner.WITH_DOTS.publishAll("1", "2");
            other.next(2);
            one.acknowledge(one.next(2).get(1));
        }
        assertEquals(List.of("1", "2"), Owner.WITH_DOTS.history(), "done, so it was its owner who acknowledged");
    }

    @Test
    void aTabWhoseWindowIsFullHoldsUpNoOther() {
        List<String> texts = numbers(0, 100);
        try (Tab slow = owner.tab("ack:client-individual", "activemq.prefetchSize:1");
                Tab other = owner.tab(Transport.WEB_SOCKET, "ack:client-individual")) {
            owner.publishAll(texts.toArray(String[]::new));
            for (String text : texts) {
                ServerFrame message = other.next();
                assertEquals(text, message.text());
                other.acknowledge(message);
            }

            List<ServerFrame> late = new ArrayList<>();
            for (int n = 0; n < 100; n++) {
                ServerFrame message = slow.next();
                late.add(message);
                slow.acknowledge(message);
            }
            Position.assertInOrder(texts, late);
        }
    }

    /** More than sockets hold: Gatepost itself has to hold back what the slow tab does not take. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "client"})
    void aTabThatDoesNotReadHoldsUpNoOther(String mode) {
        int count = 400;
        String padding = " " + "x".repeat(64 << 10);
        try (Tab slow = owner.tab(Transport.WEB_SOCKET, "ack:" + mode);
                Tab other = owner.tab();
                StompClient application = Queues.admin(Suite.gatepost())) {
            for (int n = 0; n < count; n++) {
                application.send(send(owner.inbox(), n + padding));
                assertEquals(n, number(other.next()));
            }

            if (mode.equals("auto")) {
                assertSlowButInOrder(slow, count - 1);
            }
        }
    }

    @Test
    void aSelectorChoosesForItsOwnTabOnly() {
        try (Tab blue = owner.tab("selector:colour = 'blue'");
                Tab all = owner.tab("ack:client")) {
            for (int n = 0; n < 10; n++) {
                owner.publish("" + n, "colour:" + (n % 3 == 0 ? "blue" : "red"));
            }
            Position.assertInOrder(List.of("0", "3", "6", "9"), blue.next(4));
            Position.assertInOrder(numbers(0, 10), all.next(10));
        }
        try (Tab red = owner.tab("selector:colour = 'red'", "gatepost-start:oldest")) {
            Position.assertInOrder(List.of("1", "2", "4", "5", "7", "8"), red.next(6));
        }
    }

    @Test
    void anAdministratorsWildcardGetsEveryMessageOfEveryInboxAndTakesNoneAway() {
        Owner another = Owner.next();
        try (Tab all = Tab.open(Transport.TCP, "system", "manager", "/queue/user.>");
                Tab one = owner.tab("ack:client")) {
            owner.publish("to one");
            another.publish("to another");
            owner.publish("to one again");

            // what other tests have left in their inboxes comes as well
            Set<String> theirs = Set.of(owner.inbox(), another.inbox());
            List<ServerFrame> came = Stream.generate(all::next)
                    .filter(message -> theirs.contains(message.header("destination")))
                    .limit(3)
                    .toList();
            assertEquals(List.of("to one", "to one again"), of(came, owner));
            assertEquals(List.of("to another"), of(came, another));
            assertEquals(List.of("to one", "to one again"), Position.texts(one.next(2)));
        }
        try (Tab later = another.tab()) {
            assertEquals("to another", later.next().text());
        }
    }

    @Test
    void aSubscriptionMayCoverAnInboxAndAQueue() {
        String queue = "/queue/app.of." + owner.name();
        try (Tab both = Tab.open(Transport.TCP, "system", "manager", owner.inbox() + "," + queue);
                StompClient application = Queues.admin(Suite.gatepost())) {
            for (int n = 0; n < 5; n++) {
                application.done(send(owner.inbox(), "inbox " + n));
                application.done(send(queue, "queue " + n));
            }
            List<ServerFrame> came = both.next(10);
            for (String kind : List.of("inbox", "queue")) {
                assertEquals(
                        IntStream.range(0, 5).mapToObj(n -> kind + " " + n).toList(),
                        came.stream()
                                .map(ServerFrame::text)
                                .filter(text -> text.startsWith(kind))
                                .toList());
            }
        }
        assertEquals(List.of(), Queues.drain(Suite.gatepost(), queue), "of a queue it has taken what it got");
        assertEquals(
                IntStream.range(0, 5).mapToObj(n -> "inbox " + n).toList(), owner.waiting(), "of an inbox it has not");
    }

    @Test
    void aMessageMayGoToTwoInboxesAtOnce() {
        Owner another = Owner.next();
        try (Tab one = owner.tab();
                Tab other = another.tab();
                StompClient application = Queues.admin(Suite.gatepost())) {
            application.done(send(owner.inbox() + "," + another.inbox(), "to both"));

            ServerFrame first = one.next();
            ServerFrame second = other.next();
            assertEquals("to both", first.text());
            assertEquals("to both", second.text());
            assertTrue(!Position.epoch(first).equals(Position.epoch(second)), "each inbox has an epoch of its own");
        }
    }

    /** What limits of history have taken by then is told. */
    private static void assertSlowButInOrder(Tab slow, int last) {
        int expected = 0;
        while (expected <= last) {
            ServerFrame message = slow.next();
            int number = number(message);
            assertTrue(
                    number == expected || number > expected && Position.saysGap(message),
                    "expected " + expected + ", got " + number + " of " + message.lines());
            expected = number + 1;
        }
    }

    private static List<String> of(List<ServerFrame> messages, Owner owner) {
        return messages.stream()
                .filter(message -> message.header("destination").equals(owner.inbox()))
                .map(ServerFrame::text)
                .toList();
    }

    private static int number(ServerFrame message) {
        return Integer.parseInt(message.text().split(" ")[0]);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private static List<String> ids(List<ServerFrame> messages) {
        return messages.stream().map(message -> message.header("message-id")).toList();
    }
}
