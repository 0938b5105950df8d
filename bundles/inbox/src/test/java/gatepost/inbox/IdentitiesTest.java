package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.IdentityRefused;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    private static final long WINDOW = 60_000;

    private final MemoryLog log = new MemoryLog();
    private Identities identities = identities();

    private Identities identities() {
        return new Identities(log, () -> WINDOW, Runnable::run, log.notes());
    }

    private static Names names(String kind, String name, String sender, String body) throws IOException {
        Message message = new ActiveMQBytesMessage();
        message.setProperty(kind, name);
        message.setUserID(sender);
        message.setContent(new ByteSequence(body.getBytes(StandardCharsets.UTF_8)));
        return Names.of(message).orElseThrow();
    }

    private static Names id(String id, String sender, String body) throws IOException {
        return names(InboxHeaders.ID, id, sender, body);
    }

    private long send(Names names, Durability stored) {
        long offset = log.put();
        identities.notes(names, offset).forEach(note -> log.note(note, false));
        identities.sent(names, offset, stored);
        return offset;
    }

    private long send(Names names) {
        Durability safe = new Durability();
        safe.safe();
        return send(names, safe);
    }

    private Optional<Long> earlier(Names names) throws IdentityRefused {
        return identities.earlier(names).flatMap(Durability::position).map(InboxPosition::offset);
    }

    @Test
    void aMessageWithoutANameHasNone() throws Exception {
        assertTrue(Names.of(new ActiveMQBytesMessage()).isEmpty());
    }

    @Test
    void theSameIdIsTheSameMessageOfOneSender() throws Exception {
        long first = send(id("1", "app", "hello"));
        assertEquals(Optional.of(first), earlier(id("1", "app", "hello")));
        assertTrue(earlier(id("1", "other", "hello")).isEmpty());
        assertTrue(earlier(id("2", "app", "hello")).isEmpty());
    }

    @Test
    void theSameIdWithAnotherBodyIsRefused() throws Exception {
        send(id("1", "app", "hello"));
        IdentityRefused refusal =
                assertThrows(IdentityRefused.class, () -> identities.earlier(id("1", "app", "hallo")));
        assertTrue(refusal.getMessage().contains("gatepost-id:1"), refusal.getMessage());
    }

    @Test
    void whatIsOnItsWayIsAnsweredWhenTheFirstIs() throws Exception {
        Durability first = new Durability();
        send(id("1", "app", "hello"), first);
        assertSame(first, identities.earlier(id("1", "app", "hello")).orElseThrow());
    }

    @Test
    void whatCouldNotBeStoredWasNotSent() throws Exception {
        Durability first = new Durability();
        send(id("1", "app", "hello"), first);
        Durability once = new Durability();
        send(names(InboxHeaders.ONCE, "welcome", "app", "hi"), once);
        first.failed(new IOException("no space"));
        // as the store does with what comes along with a message that fails
        log.note(new Note("once:welcome", null), false);
        once.failed(new IOException("no space"));
        assertTrue(earlier(id("1", "app", "hello")).isEmpty());
        assertTrue(identities
                .earlier(names(InboxHeaders.ONCE, "welcome", "app", "hi"))
                .isEmpty());
    }

    @Test
    void anIdIsRememberedOverARestartAndForAWhileAfterItsMessageIsDone() throws Exception {
        long first = send(id("1", "app", "hello"));
        identities = identities();
        assertEquals(Optional.of(first), earlier(id("1", "app", "hello")));

        log.done(first);
        identities.left(first);
        long done = System.currentTimeMillis();
        assertEquals(Optional.of(first), earlier(id("1", "app", "hello")));
        identities = identities();
        assertEquals(Optional.of(first), earlier(id("1", "app", "hello")));

        identities.forgetOld(done + WINDOW + 5_000);
        assertTrue(earlier(id("1", "app", "hello")).isEmpty());
        assertTrue(log.notes().isEmpty());
    }

    @Test
    void whileItWaitsAnIdIsNotForgotten() throws Exception {
        long first = send(id("1", "app", "hello"));
        identities.forgetOld(System.currentTimeMillis() + 100 * WINDOW);
        assertEquals(Optional.of(first), earlier(id("1", "app", "hello")));
    }

    @Test
    void onlySoManyIdsAreRememberedOfWhatIsDone() throws Exception {
        for (int i = 0; i <= Identities.REMEMBERED; i++) {
            identities.left(send(id(String.valueOf(i), "app", "hello")));
        }
        assertTrue(earlier(id("0", "app", "hello")).isEmpty());
        assertTrue(earlier(id("1", "app", "hello")).isPresent());
        assertEquals(Identities.REMEMBERED, log.notes().size());
    }

    @Test
    void whatIsSentOnceIsNeverSentAgainWhoeverSendsItAndWhateverHappens() throws Exception {
        long first = send(names(InboxHeaders.ONCE, "welcome", "app", "hi"));
        assertEquals(Optional.of(first), earlier(names(InboxHeaders.ONCE, "welcome", "other", "another text")));
        identities.left(first);
        identities.forgetOld(Long.MAX_VALUE);
        identities = identities();
        assertTrue(identities
                .earlier(names(InboxHeaders.ONCE, "welcome", "app", "hi"))
                .isPresent());

        log.purge(identities.kept());
        identities.purged();
        assertTrue(identities
                .earlier(names(InboxHeaders.ONCE, "welcome", "app", "hi"))
                .isPresent());
        identities = identities();
        assertTrue(identities
                .earlier(names(InboxHeaders.ONCE, "welcome", "app", "hi"))
                .isPresent());
        assertTrue(identities
                .earlier(names(InboxHeaders.ONCE, "other", "app", "hi"))
                .isEmpty());
    }

    @Test
    void thereAreOnlySoManyNamesOfWhatIsSentOnce() throws Exception {
        for (int i = 0; i < Identities.ONCE_MAX; i++) {
            send(names(InboxHeaders.ONCE, String.valueOf(i), "app", "hi"));
        }
        assertTrue(
                identities.earlier(names(InboxHeaders.ONCE, "0", "app", "hi")).isPresent());
        assertThrows(IdentityRefused.class, () -> identities.earlier(names(InboxHeaders.ONCE, "more", "app", "hi")));
    }

    @Test
    void aMessageTakesThePlaceOfItsSendersThatWaits() throws Exception {
        Names app = names(InboxHeaders.COLLAPSE, "score", "app", "1:0");
        assertEquals(0, identities.replaced(app));
        long first = send(app);
        assertEquals(first, identities.replaced(names(InboxHeaders.COLLAPSE, "score", "app", "2:0")));
        assertEquals(0, identities.replaced(names(InboxHeaders.COLLAPSE, "score", "other", "2:0")));
        assertEquals(0, identities.replaced(names(InboxHeaders.COLLAPSE, "weather", "app", "2:0")));

        identities = identities();
        assertEquals(first, identities.replaced(app));
        long second = send(app);
        identities.left(first);
        assertEquals(second, identities.replaced(app));

        log.done(second);
        assertEquals(0, identities.replaced(app));
        identities.left(second);
        assertTrue(log.notes().isEmpty());
    }

    @Test
    void aMessageIsFoundByItsId() throws Exception {
        long ours = send(id("1", "app", "hello"));
        long theirs = send(id("1", "other", "hello"));
        assertEquals(List.of(ours), identities.find(Names.Key.of("1", "app"), false));
        assertEquals(
                List.of(ours, theirs),
                identities.find(Names.Key.of("1", "nobody"), true).stream()
                        .sorted()
                        .toList());
        assertTrue(identities.find(Names.Key.of("2", "app"), true).isEmpty());
    }

    @Test
    void nothingOfAPurgedInboxIsTakenForWhatComesThen() throws Exception {
        send(id("1", "app", "hello"));
        send(names(InboxHeaders.COLLAPSE, "score", "app", "1:0"));
        log.purge(identities.kept());
        identities.purged();
        assertTrue(earlier(id("1", "app", "hello")).isEmpty());
        assertEquals(0, identities.replaced(names(InboxHeaders.COLLAPSE, "score", "app", "1:0")));
        assertFalse(log.notes().keySet().stream().anyMatch(name -> !name.startsWith("once:")));
    }
}
