package gatepost.itests.inbox;

import static gatepost.itests.harness.ClientFrame.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is sent or acknowledged in a transaction counts at its COMMIT. */
@ExtendWith(Suite.class)
class TransactionIT {

    private final Owner owner = Owner.next();

    @Test
    void whatIsSentInATransactionComesAtItsCommitInOrder() {
        try (Tab one = owner.tab("ack:client");
                Tab other = owner.tab();
                StompClient application = Queues.admin(Suite.gatepost())) {
            application.done(ClientFrame.of("BEGIN", "transaction:t"));
            for (String text : List.of("1", "2", "3")) {
                ServerFrame receipt = Tab.receipt(application.request(send(owner.inbox(), text, "transaction:t")));
                assertNull(receipt.header("gatepost-offset"), "it has none yet");
            }
            owner.publish("before the COMMIT");
            application.done(ClientFrame.of("COMMIT", "transaction:t"));
            owner.publish("after it");

            List<String> texts = List.of("before the COMMIT", "1", "2", "3", "after it");
            Position.assertInOrder(texts, one.next(5));
            Position.assertInOrder(texts, other.next(5));
        }
    }

    @Test
    void whatIsSentInATransactionThatIsAbortedComesToNobody() {
        try (Tab tab = owner.tab("ack:client");
                StompClient application = Queues.admin(Suite.gatepost())) {
            application.done(ClientFrame.of("BEGIN", "transaction:t"));
            application.done(send(owner.inbox(), "never", "transaction:t"));
            application.done(ClientFrame.of("ABORT", "transaction:t"));
            owner.publish("ever");

            assertEquals("ever", tab.next().text());
        }
        assertEquals(List.of("ever"), Position.texts(owner.log()));
    }

    @Test
    void anAcknowledgementInATransactionCountsAtItsCommit() {
        try (Tab tab = owner.tab("ack:client-individual")) {
            owner.publishAll("1", "2");
            ServerFrame first = tab.next();
            tab.client().done(ClientFrame.of("BEGIN", "transaction:t"));
            tab.acknowledge(first, "transaction:t");
            assertEquals(List.of("1", "2"), owner.waiting());

            tab.client().done(ClientFrame.of("COMMIT", "transaction:t"));
            assertEquals(List.of("2"), owner.waiting());
        }
    }

    @Test
    void anAcknowledgementInATransactionThatIsAbortedLeavesItWaiting() {
        try (Tab tab = owner.tab("ack:client-individual")) {
            owner.publishAll("1", "2");
            ServerFrame first = tab.next();
            tab.client().done(ClientFrame.of("BEGIN", "transaction:t"));
            tab.acknowledge(first, "transaction:t");
            tab.client().done(ClientFrame.of("ABORT", "transaction:t"));
            assertEquals(List.of("1", "2"), owner.waiting());
            try (Tab later = owner.tab("ack:client-individual")) {
                assertEquals("1", later.next().text());
            }

            assertNotEquals("false", tab.acknowledge(first).header("gatepost-settled"));
            assertEquals(List.of("2"), owner.waiting());
        }
    }

    @Test
    void aRefusalInATransactionCountsAtItsCommit() {
        try (Tab tab = owner.tab("ack:client-individual")) {
            owner.publish("1");
            ServerFrame first = tab.next();
            tab.client().done(ClientFrame.of("BEGIN", "transaction:t"));
            tab.refuse(first, "transaction:t");
            assertEquals(List.of("1"), owner.waiting());

            tab.client().done(ClientFrame.of("COMMIT", "transaction:t"));
            assertEquals(List.of("1"), owner.history());
        }
    }

    @Test
    void aTransactionMayGoToSeveralInboxesAndQueues() {
        Owner another = Owner.next();
        String queue = "/queue/app.of." + owner.name();
        try (StompClient application = Queues.admin(Suite.gatepost())) {
            application.done(ClientFrame.of("BEGIN", "transaction:t"));
            for (int n = 0; n < 3; n++) {
                application.done(send(owner.inbox(), "one " + n, "transaction:t"));
                application.done(send(another.inbox(), "another " + n, "transaction:t"));
                application.done(send(queue, "queue " + n, "transaction:t"));
            }
            assertEquals(List.of(), owner.log());
            application.done(ClientFrame.of("COMMIT", "transaction:t"));
        }
        Position.assertInOrder(List.of("one 0", "one 1", "one 2"), owner.log());
        Position.assertInOrder(List.of("another 0", "another 1", "another 2"), another.log());
        assertEquals(List.of("queue 0", "queue 1", "queue 2"), Queues.drain(Suite.gatepost(), queue));
    }
}
