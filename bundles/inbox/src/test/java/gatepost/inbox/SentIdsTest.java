package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.IdentityRefused;
import gatepost.contracts.Reach;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;

class SentIdsTest {

    private static final long WINDOW = 1_000;

    private final MemoryLog log = new MemoryLog();
    private final LongAdder duplicates = new LongAdder();
    private final SentIds ids = ids();
    private Reach reach = new Reach(7, 2);
    private int sent;

    private SentIds ids() {
        return new SentIds(log, () -> WINDOW, Runnable::run, duplicates, log.notes());
    }

    private static Names names(String sender, String id, String body) throws Exception {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setUserID(sender);
        message.setProperty("gatepost-id", id);
        message.setContent(new ByteSequence(body.getBytes(StandardCharsets.UTF_8)));
        return Names.of(message).orElseThrow();
    }

    private Durability send(Function<Reach, List<Note>> along) {
        sent++;
        along.apply(reach).forEach(note -> log.note(note, false));
        Durability stored = new Durability();
        stored.reach(reach);
        return stored;
    }

    private Durability send(SentIds where, Names names, long now) throws Exception {
        return where.send(names, now, this::send);
    }

    @Test
    void theSameIdIsAnsweredAsTheFirst() throws Exception {
        Durability first = send(ids, names("app", "1", "hello"), 0);
        assertSame(first, send(ids, names("app", "1", "hello"), 10), "also while it is on its way to the disk");
        assertEquals(1, sent);
        assertEquals(1, duplicates.sum());
        assertNotSame(first, send(ids, names("app", "2", "hello"), 10));
        assertNotSame(first, send(ids, names("other", "1", "hello"), 10), "another sender's is another");
        assertEquals(3, sent);
    }

    @Test
    void anotherBodyIsRefused() throws Exception {
        send(ids, names("app", "1", "hello"), 0);
        Names other = names("app", "1", "hallo");
        IdentityRefused refused = assertThrows(IdentityRefused.class, () -> send(ids, other, 0));
        assertTrue(refused.getMessage().contains("gatepost-id:1"), refused.getMessage());
        assertEquals(1, sent);
    }

    @Test
    void itIsAnsweredTheSameAfterAStart() throws Exception {
        send(ids, names("app", "1", "hello"), 0).safe();
        SentIds later = ids();
        Durability again = send(later, names("app", "1", "hello"), 10);
        assertTrue(again.isSafe());
        assertEquals(Optional.of(new Reach(7, 2)), again.reach());
        assertEquals(1, sent);
        Names other = names("app", "1", "hallo");
        assertThrows(IdentityRefused.class, () -> send(later, other, 0));
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() throws Exception {
        send(ids, names("app", "1", "hello"), 0);
        send(ids, names("app", "2", "hello"), WINDOW / 2);
        ids.lookThrough(WINDOW - 1);
        assertEquals(2, log.notes().size());
        ids.lookThrough(WINDOW);
        assertEquals(1, log.notes().size());
        send(ids, names("app", "1", "hello"), WINDOW);
        assertEquals(3, sent);
        ids().lookThrough(2 * WINDOW);
        assertEquals(Map.of(), log.notes(), "and the age is known after a start");
    }

    @Test
    void theOldestGoWhenThereAreTooMany() throws Exception {
        for (int i = 0; i <= SentIds.REMEMBERED; i++) {
            send(ids, names("app", "n" + i, "hello"), i / 10);
        }
        assertEquals(SentIds.REMEMBERED, log.notes().size());
        send(ids, names("app", "n1", "hello"), 100);
        assertEquals(SentIds.REMEMBERED + 1, sent, "the second is known");
        send(ids, names("app", "n0", "hello"), 100);
        assertEquals(SentIds.REMEMBERED + 2, sent, "the first is not");
    }

    @Test
    void whatTheDiskDidNotTakeWasNotSent() throws Exception {
        send(ids, names("app", "1", "hello"), 0).failed(new IOException("full"));
        send(ids, names("app", "1", "hello"), 0);
        assertEquals(2, sent);
        assertEquals(0, duplicates.sum());
    }

    @Test
    void whatReachedNobodyIsNotRemembered() throws Exception {
        Durability nobody = ids.send(names("app", "1", "hello"), 0, along -> {
            Durability none = Durability.alreadySafe();
            none.reach(new Reach(0, 0));
            return none;
        });
        assertEquals(Optional.of(new Reach(0, 0)), nobody.reach());
        send(ids, names("app", "1", "hello"), 0);
        assertEquals(1, sent);
    }

    @Test
    void nothingIsLeft() throws Exception {
        send(ids, names("app", "1", "hello"), 0);
        ids.forgetAll();
        assertEquals(Map.of(), log.notes());
        send(ids, names("app", "1", "hello"), 0);
        assertEquals(2, sent);
    }
}
