package gatepost.itests.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message is done when its owner has acknowledged it in any tab; until then it waits for whoever comes. */
@ExtendWith(Suite.class)
class DoneIT {

    private static final String NOT_SETTLED = "false";

    private final Owner owner = Owner.next();

    @Test
    void whatOneTabHasAcknowledgedDoesNotComeToOneThatComesLater() {
        try (Tab one = owner.tab("ack:client-individual");
                Tab other = owner.tab("ack:client-individual")) {
            owner.publishAll("1", "2", "3", "4", "5");
            List<ServerFrame> messages = one.next(5);
            one.acknowledge(messages.get(0));
            one.acknowledge(messages.get(2));

            assertEquals(List.of("1", "2", "3", "4", "5"), Position.texts(other.next(5)));
            try (Tab later = owner.tab(Transport.WEB_SOCKET, "ack:client-individual")) {
                Position.assertInOrder(List.of("2", "4", "5"), later.next(3));
                owner.publish("6");
                for (Tab tab : List.of(one, other, later)) {
                    assertEquals("6", tab.next().text(), "nothing comes again while a tab is open");
                }
            }
        }
    }

    @Test
    void anAcknowledgementOfAllUpToAMessageCoversThose() {
        try (Tab one = owner.tab("ack:client")) {
            owner.publishAll("1", "2", "3", "4", "5");
            List<ServerFrame> messages = one.next(5);
            one.acknowledge(messages.get(2));
        }
        try (Tab later = owner.tab("ack:client")) {
            Position.assertInOrder(List.of("4", "5"), later.next(2));
        }
    }

    @Test
    void anAcknowledgementOfAllUpToAMessageCoversOnlyWhatItsOwnTabWasGiven() {
        try (Tab blue = owner.tab("ack:client", "selector:colour = 'blue'")) {
            owner.publish("1", "colour:blue");
            owner.publish("2", "colour:red");
            owner.publish("3", "colour:blue");
            blue.acknowledge(blue.next(2).get(1));
        }
        assertEquals(List.of("2"), owner.waiting());
        assertEquals(List.of("1", "3"), owner.history());
    }

    @Test
    void whatNobodyHasAcknowledgedComesToATabThatComesLater() {
        try (Tab one = owner.tab("ack:client");
                Tab other = owner.tab("ack:client-individual")) {
            owner.publishAll("1", "2", "3");
            one.next(3);
            other.next(3);
            try (Tab later = owner.tab("ack:client")) {
                Position.assertInOrder(List.of("1", "2", "3"), later.next(3));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withAutoAMessageIsDoneWhenTheFirstOfTheOwnersSocketsHasTakenIt(Transport transport) {
        try (Tab auto = owner.tab(transport);
                Tab client = owner.tab("ack:client")) {
            owner.publishAll("1", "2", "3");
            auto.next(3);
            client.next(3);
            await().until(owner::waiting, List.of()::equals);
            assertEquals(List.of("1", "2", "3"), owner.history());
        }
        try (Tab later = owner.tab()) {
            owner.publish("4");
            assertEquals("4", later.next().text());
        }
    }

    @Test
    void anAdministratorGetsEverythingAndTakesNothingAway() {
        owner.publishAll("1", "2");
        try (Tab reader = owner.administrator();
                Tab worker = owner.administrator("ack:client-individual")) {
            owner.publish("3");
            Position.assertInOrder(List.of("1", "2", "3"), reader.next(3));
            List<ServerFrame> messages = worker.next(3);
            worker.acknowledge(messages.get(0));
            worker.acknowledge(messages.get(1));
            worker.refuse(messages.get(2));
            assertEquals(List.of("1", "2", "3"), owner.waiting());
        }
        try (Tab tab = owner.tab("ack:client")) {
            List<ServerFrame> messages = tab.next(3);
            Position.assertInOrder(List.of("1", "2", "3"), messages);
            assertTrue(messages.stream().noneMatch(Position::isRedelivered), "the owner had none of them");
        }
        assertEquals(List.of(), Queues.drain(Suite.gatepost(), "/queue/ActiveMQ.DLQ"));
    }

    @Test
    void whatTheOwnerRefusesIsDoneAndComesToNobodyElse() {
        try (Tab one = owner.tab("ack:client-individual")) {
            owner.publishAll("bad", "good");
            one.refuse(one.next());
            assertEquals("good", one.next().text());
        }
        try (Tab later = owner.tab("ack:client-individual")) {
            assertEquals("good", later.next().text());
        }
        assertEquals(List.of("bad"), owner.history());
        assertEquals(List.of(), Queues.drain(Suite.gatepost(), "/queue/ActiveMQ.DLQ"));
    }

    @Test
    void anAcknowledgementOfWhatAnotherTabHasMadeDoneSettlesNothingAndClosesNothing() {
        try (Tab one = owner.tab("ack:client-individual");
                Tab other = owner.tab(Transport.WEB_SOCKET, "ack:client-individual")) {
            owner.publishAll("1", "2", "3");
            List<ServerFrame> ones = one.next(3);
            List<ServerFrame> others = other.next(3);

            assertNotEquals(NOT_SETTLED, one.acknowledge(ones.get(0)).header("gatepost-settled"));
            assertEquals(NOT_SETTLED, other.acknowledge(others.get(0)).header("gatepost-settled"));
            assertNotEquals(NOT_SETTLED, other.acknowledge(others.get(1)).header("gatepost-settled"));
            assertEquals(NOT_SETTLED, one.refuse(ones.get(1)).header("gatepost-settled"));
            assertNotEquals(NOT_SETTLED, other.acknowledge(others.get(2)).header("gatepost-settled"));
        }
        assertEquals(List.of("1", "2", "3"), owner.history());
    }

    @Test
    void anAcknowledgementOfWhatIsPartlyDoneSettlesTheRest() {
        try (Tab one = owner.tab("ack:client-individual");
                Tab other = owner.tab("ack:client")) {
            owner.publishAll("1", "2", "3");
            one.acknowledge(one.next());
            assertNotEquals(NOT_SETTLED, other.acknowledge(other.next(3).get(2)).header("gatepost-settled"));
        }
        assertEquals(List.of("1", "2", "3"), owner.history());
    }

    @Test
    void whatAnEarlierTabOfTheSameAccountHadComesAsRedelivered() {
        try (Tab first = owner.tab("ack:client-individual");
                Tab beside = owner.tab("ack:client-individual")) {
            owner.publish("1");
            ServerFrame had = first.next();
            assertFalse(Position.isRedelivered(had));
            assertFalse(Position.isRedelivered(beside.next()), "the first tab has not ended");
            first.unsubscribe();
            owner.publish("2");
            try (Tab later = owner.tab(Transport.WEB_SOCKET, "ack:client-individual")) {
                ServerFrame again = later.next();
                assertTrue(Position.isRedelivered(again), again::toString);
                assertEquals(had.header("message-id"), again.header("message-id"));
                assertEquals(Position.offset(had), Position.offset(again));
                assertFalse(Position.isRedelivered(later.next()), "no tab that has ended had it");
            }
            try (Tab administrator = owner.administrator()) {
                assertFalse(Position.isRedelivered(administrator.next()), "another account");
            }
        }
    }

    @Test
    void whatATabHadThatWasClosedComesAgain() {
        try (Tab first = owner.tab(Transport.WEB_SOCKET, "ack:client")) {
            owner.publishAll("1", "2");
            first.next(2);
        }
        try (Tab later = owner.tab("ack:client")) {
            List<ServerFrame> messages = later.next(2);
            Position.assertInOrder(List.of("1", "2"), messages);
            later.acknowledge(messages.get(1));
        }
        assertEquals(List.of(), owner.waiting());
    }
}
