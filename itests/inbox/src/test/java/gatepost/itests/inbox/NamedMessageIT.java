package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages under the names that their sender gave to them: the same, once, instead of, and back. */
@ExtendWith(Suite.class)
class NamedMessageIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @Test
    void theSameIdIsTheSameMessageOverARestart() throws InterruptedException {
        ServerFrame first = owner.publish("hello", "gatepost-id:order-1");
        assertSame(first, owner.publish("hello", "gatepost-id:order-1"));
        gatepost.kill();
        gatepost.start();
        assertSame(first, owner.publish("hello", "gatepost-id:order-1"));
        assertEquals(List.of("hello"), owner.waiting());

        try (Tab tab = owner.tab()) {
            ServerFrame message = tab.next();
            assertEquals("order-1", message.header("gatepost-id"));
            assertEquals(Position.offset(first), Position.offset(message));
        }
        assertSame(first, owner.publish("hello", "gatepost-id:order-1"));
        assertEquals(List.of(), owner.waiting(), "what is done is not sent again");
    }

    private static void assertSame(ServerFrame first, ServerFrame second) {
        assertEquals(Position.offset(first), Position.offset(second));
        assertEquals(Position.epoch(first), Position.epoch(second));
    }

    @Test
    void ofManyThatSendItAtTheSameTimeOneMessageComes() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Tab tab = owner.tab("ack:client")) {
            List<Future<ServerFrame>> receipts = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> owner.publish("hello", "gatepost-id:1")))
                    .toList();
            long offset = Position.offset(receipts.get(0).get());
            for (Future<ServerFrame> receipt : receipts) {
                assertEquals(offset, Position.offset(receipt.get()));
            }
            owner.publish("next");
            Position.assertInOrder(List.of("hello", "next"), tab.next(2));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theSameIdWithAnotherBodyIsRefused() {
        owner.publish("hello", "gatepost-id:1");
        assertRefused("gatepost-id:1", ClientFrame.send(owner.inbox(), "hallo", "gatepost-id:1"));
        assertEquals(List.of("hello"), owner.waiting());
    }

    @Test
    void anotherSendersIdIsAnother() {
        // every user may write into the application's queue, and the administrator into all
        owner.publish("hello", "gatepost-id:1");
        Owner other = Owner.next();
        other.publish("hello", "gatepost-id:1");
        assertEquals(List.of("hello"), owner.waiting());
        assertEquals(List.of("hello"), other.waiting());
    }

    @Test
    void whatIsSentOnceComesOnceWhateverBecomesOfTheInbox() throws InterruptedException {
        owner.publish("welcome", "gatepost-once:welcome");
        owner.publish("welcome again", "gatepost-once:welcome");
        owner.publish("news", "gatepost-once:news");
        assertEquals(List.of("welcome", "news"), owner.waiting());

        gatepost.shell("gatepost:queue-purge user." + owner.name());
        gatepost.kill();
        gatepost.start();
        owner.publish("welcome a third time", "gatepost-once:welcome");
        assertEquals(List.of(), owner.log());
    }

    @Test
    void aMessageTakesThePlaceOfTheOneThatWaitsUnderItsKey() throws InterruptedException {
        ServerFrame first = owner.publish("1:0", "gatepost-collapse:score");
        owner.publish("sunny", "gatepost-collapse:weather");
        owner.publish("2:0", "gatepost-collapse:score");
        assertEquals(List.of("sunny", "2:0"), owner.waiting());
        gatepost.kill();
        gatepost.start();
        ServerFrame third = owner.publish("3:0", "gatepost-collapse:score");
        assertEquals(List.of("sunny", "3:0"), owner.waiting());

        try (Tab tab = owner.tab()) {
            List<ServerFrame> messages = tab.next(2);
            assertNull(messages.get(0).header("gatepost-replaces"));
            String replaces = messages.get(1).header("gatepost-replaces");
            assertTrue(Long.parseLong(replaces) > Position.offset(first), replaces);
            assertTrue(Long.parseLong(replaces) < Position.offset(third), replaces);
        }
        owner.publish("4:0", "gatepost-collapse:score");
        assertEquals(List.of("sunny", "3:0", "4:0"), Position.texts(owner.log()), "what is done stays");
    }

    @Test
    void whatIsReplacedIsNoGapForATabThatHadIt() {
        try (Tab tab = owner.tab("ack:client-individual")) {
            owner.publish("1:0", "gatepost-collapse:score");
            ServerFrame first = tab.next();
            owner.publish("2:0", "gatepost-collapse:score");
            ServerFrame second = tab.next();
            assertEquals(String.valueOf(Position.offset(first)), second.header("gatepost-replaces"));
            assertEquals("false", tab.acknowledge(first).header("gatepost-settled"));
            try (Tab later = owner.tab(
                    "gatepost-offset:" + (Position.offset(first) - 1), "gatepost-epoch:" + Position.epoch(first))) {
                assertEquals(null, later.begun().header("gatepost-gap"));
                assertEquals("2:0", later.next().text());
            }
        }
    }

    @Test
    void aSenderTakesItsMessageBackWhetherItWaitsOrIsDone() {
        owner.publish("wrong", "gatepost-id:1");
        owner.publish("right", "gatepost-id:2");
        assertNull(withdraw("1").header("gatepost-settled"));
        assertEquals(List.of("right"), owner.waiting());
        assertEquals("false", withdraw("1").header("gatepost-settled"));
        assertEquals("false", withdraw("never-sent").header("gatepost-settled"));

        try (Tab tab = owner.tab("ack:client")) {
            tab.acknowledge(tab.next());
        }
        assertEquals(List.of("right"), owner.history());
        assertNull(withdraw("2").header("gatepost-settled"));
        assertEquals(List.of(), owner.log());
    }

    @Test
    void whatWasTakenBackStaysAwayOverARestartAndIsNoGap() throws InterruptedException {
        ServerFrame before = owner.publish("before");
        owner.publish("wrong", "gatepost-id:1");
        withdraw("1");
        gatepost.stop();
        gatepost.start();
        assertEquals(List.of("before"), owner.waiting());
        try (Tab tab =
                owner.tab("gatepost-offset:" + Position.offset(before), "gatepost-epoch:" + Position.epoch(before))) {
            assertNull(tab.begun().header("gatepost-gap"));
        }
    }

    @Test
    void nobodyElseTakesAMessageBack() {
        owner.publish("hello", "gatepost-id:1");
        Owner other = Owner.next();
        try (StompClient client = other.client()) {
            assertEquals("ERROR", client.request(withdrawal("1")).command());
        }
        try (StompClient client = owner.client()) {
            assertEquals("ERROR", client.request(withdrawal("1")).command(), "the owner may read, and not write");
        }
        assertEquals(List.of("hello"), owner.waiting());
    }

    @Test
    void aNameHasAMeaningInAnInboxOnly() {
        for (String name : List.of("gatepost-id:1", "gatepost-once:1", "gatepost-collapse:1")) {
            String header = name.substring(0, name.indexOf(':'));
            assertRefused(header, ClientFrame.send("/queue/app.inbox", "hello", name));
            assertRefused(header, ClientFrame.send(owner.inbox(), "hello", name, "persistent:false"));
            assertRefused(header, ClientFrame.send(owner.inbox() + "," + owner.inbox() + "x", "hello", name));
        }
    }

    private void assertRefused(String names, ClientFrame frame) {
        try (StompClient application = Queues.admin(gatepost)) {
            ServerFrame answer = application.request(frame);
            assertEquals("ERROR", answer.command());
            assertTrue(answer.header("message").contains(names), answer::toString);
        }
    }

    private ServerFrame withdraw(String id) {
        try (StompClient application = Queues.admin(gatepost)) {
            return Tab.receipt(application.request(withdrawal(id)));
        }
    }

    private ClientFrame withdrawal(String id) {
        return ClientFrame.of(
                "SEND", "destination:/gatepost/withdraw", "gatepost-destination:" + owner.inbox(), "gatepost-id:" + id);
    }
}
