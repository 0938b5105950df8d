package gatepost.itests.clients;

import static gatepost.itests.harness.ClientFrame.send;
import static gatepost.itests.harness.ClientFrame.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a RECEIPT promises, through the death of the broker and through a clean stop. */
@ExtendWith(Suite.class)
class DurabilityIT {

    private final Gatepost gatepost = Suite.gatepost();

    @Test
    void noMessageWithAReceiptIsLostDoubledOrOvertakenInAKill() throws InterruptedException {
        int publishers = 5;
        int each = 200;
        CountDownLatch half = new CountDownLatch(publishers * each / 2);
        List<Publisher> all = IntStream.range(0, publishers)
                .mapToObj(n -> new Publisher("/queue/durability." + n, each, half))
                .toList();
        all.forEach(publisher -> publisher.start(Queues.admin(gatepost)));
        assertTrue(half.await(60, TimeUnit.SECONDS), "half of the messages are not confirmed");
        gatepost.kill();
        all.forEach(Publisher::join);
        assertTrue(all.stream().anyMatch(publisher -> publisher.receipts().size() < each), "it was killed too late");
        gatepost.start();

        for (Publisher publisher : all) {
            List<Integer> there = Queues.drain(gatepost, publisher.queue()).stream()
                    .map(Integer::valueOf)
                    .toList();

            List<Integer> lost = new ArrayList<>(publisher.receipts());
            lost.removeAll(there);
            assertEquals(List.of(), lost, "confirmed and gone");
            assertEquals(there.stream().sorted().distinct().toList(), there, "out of order, or doubled");
            assertTrue(there.size() <= publisher.sent());
        }
    }

    @Test
    void whatWasAcknowledgedWithAReceiptDoesNotComeAgainAfterAKill() {
        String queue = "/queue/durability.acks";
        List<String> ids = new ArrayList<>();
        try (StompClient client = Queues.admin(gatepost)) {
            for (int i = 0; i < 20; i++) {
                client.done(send(queue, "" + i));
            }
            client.done(subscribe("1", queue, "ack:client-individual"));
            List<ServerFrame> messages = IntStream.range(0, 20)
                    .mapToObj(i -> client.expect("MESSAGE"))
                    .toList();
            for (int i = 0; i < 20; i += 2) {
                client.done(ClientFrame.of("ACK", "id:" + messages.get(i).header("ack")));
            }
            messages.forEach(message -> ids.add(message.header("ack")));
            gatepost.kill();
        }
        gatepost.start();

        // who had them before the kill may be at work still, and acknowledge what is another's now
        try (StompClient client = Queues.admin(gatepost)) {
            client.done(subscribe("1", queue, "ack:client-individual"));
            client.expect("MESSAGE");
            for (String old : ids) {
                assertEquals(
                        "false",
                        client.request(ClientFrame.of("ACK", "id:" + old)).header("gatepost-settled"),
                        old);
            }
        }
        assertEquals(
                IntStream.range(0, 20)
                        .filter(i -> i % 2 == 1)
                        .mapToObj(String::valueOf)
                        .toList(),
                Queues.drain(gatepost, queue));
    }

    @Test
    void aTransactionIsThereWholeOrNotAtAllAfterAKill() {
        try (StompClient client = Queues.admin(gatepost)) {
            client.done(ClientFrame.of("BEGIN", "transaction:done"));
            client.done(ClientFrame.of("BEGIN", "transaction:open"));
            for (int i = 0; i < 10; i++) {
                client.done(send("/queue/durability.transaction." + i % 2, "done " + i, "transaction:done"));
                client.done(send("/queue/durability.transaction." + i % 2, "open " + i, "transaction:open"));
            }
            client.done(ClientFrame.of("COMMIT", "transaction:done"));
            gatepost.kill();
        }
        gatepost.start();

        assertEquals(
                List.of("done 0", "done 2", "done 4", "done 6", "done 8"),
                Queues.drain(gatepost, "/queue/durability.transaction.0"));
        assertEquals(
                List.of("done 1", "done 3", "done 5", "done 7", "done 9"),
                Queues.drain(gatepost, "/queue/durability.transaction.1"));
    }

    @Test
    void aCleanStopLosesNothingThatIsPersistent() {
        String queue = "/queue/durability.stop";
        List<String> texts =
                IntStream.range(0, 100).mapToObj(i -> "persistent " + i).toList();
        try (StompClient client = Queues.admin(gatepost);
                StompClient reader = Queues.admin(gatepost)) {
            texts.forEach(text -> client.send(send(queue, text)));
            client.done(send(queue, "not persistent", "persistent:false"));
            reader.done(subscribe("1", queue, "ack:client-individual"));
            reader.expect("MESSAGE");
            gatepost.stop();
            // it says good-bye to whoever is still there
            assertEquals(
                    "the connector is closing",
                    Stream.generate(reader::frame)
                            .filter(frame -> frame.command().equals("ERROR"))
                            .findFirst()
                            .orElseThrow()
                            .header("message"));
        }
        gatepost.start();

        assertEquals(texts, Queues.drain(gatepost, queue), "all persistent messages and no other");
    }

    @Test
    void whatTheReaderHadNotReadYetIsThereAfterAKill() {
        String queue = "/queue/durability.auto";
        int count = 2_000;
        String padding = "x".repeat(2_000);
        try (StompClient writer = Queues.admin(gatepost);
                StompClient reader = Queues.admin(gatepost)) {
            for (int i = 0; i < count; i++) {
                writer.send(send(queue, i + " " + padding));
            }
            writer.done(send(queue, count + " "));
            // with ack:auto, of a reader that takes ten and then reads no more
            reader.done(subscribe("1", queue));
            IntStream.range(0, 10).forEach(i -> reader.expect("MESSAGE"));
            gatepost.kill();
        }
        gatepost.start();

        List<Integer> there = Queues.drain(gatepost, queue).stream()
                .map(text -> Integer.valueOf(text.split(" ")[0]))
                .toList();
        assertFalse(there.isEmpty());
        // what was written to the socket may be gone; what was not is there, whole and in order
        assertEquals(IntStream.rangeClosed(there.get(0), count).boxed().toList(), there);
        assertTrue(
                there.get(0) < count - 100,
                () -> "only what a socket holds may be gone, not all up to " + there.get(0));
    }
}
