package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an inbox knows survives {@code kill -9}. */
@ExtendWith(Suite.class)
class CrashIT {

    /** RECEIPTs of SENDs and of ACKs that are waited for before each kill. */
    private static final int BEFORE_A_KILL = 150;

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    /** The text that was seen under each offset, by whoever: no offset may be given twice. */
    private final Map<Long, String> byOffset = new HashMap<>();
    /** The id that was seen with each text: it stays the same. */
    private final Map<String, String> ids = new HashMap<>();

    private final Set<String> safe = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private String epoch;
    private long highest;

    @Test
    void nothingSafeIsLostNothingDoneWaitsAgainAndNoOffsetIsGivenTwice() throws InterruptedException {
        try {
            gatepost.apply(Suite.INBOX, Map.of("history.messages", "100000"));
            epoch = Position.epoch(owner.publish("before all"));
            for (int kill = 1; kill <= 3; kill++) {
                publishAndAcknowledgeUntilAKill("life " + kill + ", message ");
                gatepost.start();
                assertWhole();
            }
        } finally {
            gatepost.apply(Suite.INBOX, Suite.USUAL);
        }
    }

    private void publishAndAcknowledgeUntilAKill(String prefix) throws InterruptedException {
        try (StompClient application = Queues.admin(gatepost);
                Tab web = owner.tab(Transport.WEB_SOCKET, "ack:client-individual");
                Tab looker = owner.administrator()) {
            long before = highest;
            Publisher publisher = new Publisher(application, owner.inbox(), prefix);
            Reader reader = new Reader(web);
            Reader onlooker = new Reader(looker);
            for (Side side : List.of(publisher, reader, onlooker)) {
                side.start();
            }
            publisher.awaitAnswers(BEFORE_A_KILL);
            reader.awaitAnswers(BEFORE_A_KILL);
            gatepost.kill();
            for (Side side : List.of(publisher, reader, onlooker)) {
                side.join();
            }

            publisher.receipts().forEach((text, receipt) -> {
                safe.add(text);
                seen(text, receipt);
            });
            for (Reader one : List.of(reader, onlooker)) {
                one.messages().forEach(message -> {
                    seen(message.text(), message);
                    named(message);
                });
            }
            acknowledged.addAll(reader.acknowledged());
            done.addAll(reader.done());
            assertTrue(
                    publisher.receipts().values().stream().allMatch(receipt -> Position.offset(receipt) > before),
                    "an offset of this life is not above all of the last");
        }
    }

    private void assertWhole() {
        List<ServerFrame> log = owner.log();
        Position.assertInOrder(Position.texts(log), log);
        log.forEach(message -> {
            seen(message.text(), message);
            named(message);
        });
        assertEquals(new HashSet<>(Position.texts(log)).size(), log.size(), "a message is there twice");

        Set<String> there = new HashSet<>(Position.texts(log));
        // whose SEND had a RECEIPT since it was done by then need not have been on the disk
        assertEquals(Set.of(), without(without(safe, there), acknowledged), "safe and gone");
        List<String> waiting = owner.waiting();
        assertEquals(Set.of(), common(done, waiting), "done and waiting again");

        // an administrator takes nothing away
        try (Tab tab = owner.administrator()) {
            assertEquals(epoch, Position.epoch(tab.begun()), "it is the same log");
            Position.assertInOrder(waiting, tab.next(waiting.size()));
        }
    }

    private void seen(String text, ServerFrame frame) {
        assertEquals(epoch, Position.epoch(frame));
        long offset = Position.offset(frame);
        highest = Math.max(highest, offset);
        String other = byOffset.put(offset, text);
        assertTrue(other == null || other.equals(text), () -> offset + " was given to " + other + " and " + text);
    }

    private void named(ServerFrame message) {
        String id = message.header("message-id");
        String other = ids.put(message.text(), id);
        assertTrue(other == null || other.equals(id), () -> message.text() + " was " + other + " and is " + id);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Set<String> common(Set<String> one, List<String> other) {
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
