package gatepost.authentication.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.TestClock;
import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.identity.TokenFacts;
import gatepost.contracts.Durability;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.Revocation;
import gatepost.contracts.Revocations.InForce;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredLedger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is revoked, and what of it is on the disk. */
class StoredRevocationsTest {

    private static final Duration KEPT = Duration.ofDays(1);

    private final TestClock clock = new TestClock();
    private final AtomicInteger looks = new AtomicInteger();
    private Ledger disk = new Ledger();
    private StoredRevocations revocations;

    /** A store's ledger, which says that everything is on the disk unless it is broken. */
    private static final class Ledger implements StoredLedger {

        private final Map<String, byte[]> notes = new HashMap<>();
        private int reads;
        private IOException broken;
        private IOException unread;

        @Override
        public Map<String, byte[]> ledger(String ledger) throws IOException {
            reads++;
            if (unread != null) {
                throw unread;
            }
            return Map.copyOf(notes);
        }

        @Override
        public Durability record(String ledger, Note note, boolean urgent) {
            assertEquals(StoredLedger.REVOCATIONS, ledger);
            Durability written = new Durability();
            if (broken != null) {
                written.failed(broken);
                return written;
            }
            if (note.value() == null) {
                notes.remove(note.name());
            } else {
                notes.put(note.name(), note.value());
            }
            written.safe();
            return written;
        }
    }

    @BeforeEach
    void start() {
        revocations = process();
        revocations.storeIs(disk);
    }

    private StoredRevocations process() {
        StoredRevocations begun =
                new StoredRevocations(new RevocationIndex(clock), any -> looks.incrementAndGet(), clock);
        begun.rules(4, KEPT);
        return begun;
    }

    private Identity token(String user, String id, Instant issued) {
        return new Identity(
                user,
                Set.of(),
                Source.TOKEN,
                Instant.MAX,
                "",
                Optional.of(new TokenFacts(Optional.ofNullable(id), Optional.ofNullable(issued))));
    }

    private boolean isRevoked(Identity identity) throws IOException {
        return revocations.revoked(identity).isPresent();
    }

    @Test
    void theyOutlastTheProcessAndTheUndoneStayUndone() throws Exception {
        Instant early = clock.instant().minusSeconds(60);
        revocations.revoke(
                List.of(Revocation.user("mallory"), Revocation.token("t:1"), Revocation.issuedBefore("alice", early)));
        revocations.revoke(List.of(Revocation.token("t2")));
        assertTrue(revocations.undo(Revocation.token("t2")));
        assertFalse(revocations.undo(Revocation.token("t2")));
        List<InForce> before = revocations.inForce();

        revocations = process();
        revocations.storeIs(disk);

        assertEquals(before, revocations.inForce());
        assertEquals(3, before.size());
        assertTrue(isRevoked(token("mallory", "any", clock.instant())));
        assertTrue(isRevoked(token("bob", "t:1", clock.instant())));
        assertTrue(isRevoked(token("alice", "any", early.minusSeconds(1))));
        assertFalse(isRevoked(token("alice", "any", early)));
        assertTrue(isRevoked(token("alice", "any", null)), "nobody knows when");
        assertFalse(isRevoked(token("bob", "t2", clock.instant())));
        assertFalse(isRevoked(token("Mallory", null, clock.instant())));
    }

    @Test
    void thoseWhoSignInAreLookedUpInMemoryAlone() throws Exception {
        int reads = disk.reads;
        for (int i = 0; i < 1000; i++) {
            isRevoked(token("user" + i, "id", clock.instant()));
        }
        assertEquals(reads, disk.reads);
    }

    @Test
    void oneIsForgottenWhenNothingThatItConcernsLastsAnyLonger() throws Exception {
        revocations.revoke(List.of(Revocation.user("mallory")));
        clock.advance(KEPT.minusSeconds(1));
        assertTrue(isRevoked(token("mallory", null, clock.instant())));
        revocations.revoke(List.of(Revocation.token("t1")));
        clock.advance(Duration.ofSeconds(1));
        assertFalse(isRevoked(token("mallory", null, clock.instant())));
        assertEquals(1, revocations.inForce().size());

        revocations.forgetOld();

        assertEquals(Set.of("token:t1"), disk.notes.keySet());
    }

    @Test
    void oneThatIsMadeAgainLastsAnewAndOfTwoTimesTheLaterCounts() throws Exception {
        Instant late = clock.instant().minusSeconds(1);
        revocations.revoke(List.of(Revocation.issuedBefore("alice", late)));
        clock.advance(Duration.ofHours(23));
        revocations.revoke(List.of(Revocation.issuedBefore("alice", late.minusSeconds(100))));
        clock.advance(Duration.ofHours(2));
        assertTrue(isRevoked(token("alice", null, late.minusMillis(1))));
        revocations = process();
        revocations.storeIs(disk);
        assertTrue(isRevoked(token("alice", null, late.minusMillis(1))));
        assertFalse(isRevoked(token("alice", null, late)));
    }

    @Test
    void aTimeBetweenMillisecondsLosesNothing() throws Exception {
        Instant time = clock.instant().minusSeconds(1).plusNanos(1);
        revocations.revoke(List.of(Revocation.issuedBefore("alice", time)));
        assertTrue(isRevoked(token("alice", null, time.minusNanos(1))));
    }

    @Test
    void thereIsRoomForSoManyAndTheRestIsRefusedWhole() throws Exception {
        revocations.revoke(List.of(Revocation.user("a"), Revocation.user("b"), Revocation.user("c")));
        QuotaReached refused = assertThrows(
                QuotaReached.class,
                () -> revocations.revoke(List.of(Revocation.user("a"), Revocation.user("d"), Revocation.user("e"))));
        assertEquals("too many revocations: at most 4 may be in force (revocations.max)", refused.getMessage());
        assertEquals(3, revocations.inForce().size());
        revocations.revoke(List.of(Revocation.user("a"), Revocation.user("d"), Revocation.user("d")));
        clock.advance(KEPT);
        revocations.revoke(List.of(Revocation.user("e")));
        assertEquals(1, disk.notes.size());
    }

    @Test
    void whatCannotBeIsRefusedWhole() throws Exception {
        for (Revocation wrong : List.of(
                Revocation.user(""),
                Revocation.user("a b"),
                Revocation.user("gatepost-console"),
                Revocation.user("anonymous"),
                Revocation.token(""),
                Revocation.token("x".repeat(301)),
                Revocation.issuedBefore("alice", clock.instant().plusSeconds(1)))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> revocations.revoke(List.of(Revocation.user("alice"), wrong)),
                    wrong.toString());
        }
        revocations.revoke(List.of(Revocation.token("\u20ac".repeat(300))));
        assertEquals(1, revocations.inForce().size());
        assertEquals(1, looks.get(), "sessions are looked at once for all of a call");
    }

    @Test
    void whatCouldNotBeWrittenIsInForceAndSaysSo() throws Exception {
        disk.broken = new IOException("no space left");
        IOException told =
                assertThrows(IOException.class, () -> revocations.revoke(List.of(Revocation.user("mallory"))));
        assertTrue(told.getMessage().contains("no space left"), told.getMessage());
        assertTrue(isRevoked(token("mallory", null, clock.instant())));
        assertEquals(1, looks.get());
    }

    @Test
    void aStoreThatIsNotReadYetIsAskedAgain() throws Exception {
        disk.unread = new IOException("not read yet");
        revocations.storeIs(disk);
        assertThrows(IOException.class, () -> isRevoked(token("alice", null, clock.instant())));
        assertThrows(IOException.class, () -> revocations.revoke(List.of(Revocation.user("alice"))));
        assertThrows(IOException.class, revocations::inForce);
        disk.unread = null;
        assertFalse(isRevoked(token("alice", null, clock.instant())));
    }

    @Test
    void whatWasRevokedInMemoryComesIntoTheStoreThatFollows() throws Exception {
        revocations.storeIs(new Object());
        revocations.revoke(List.of(Revocation.user("mallory")));
        assertFalse(revocations.areDurable());
        assertEquals(Set.of(), disk.notes.keySet());
        revocations.storeIs(disk);
        assertTrue(revocations.areDurable());
        assertEquals(Set.of("user:mallory"), disk.notes.keySet());
        disk = new Ledger();
        revocations.storeIs(disk);
        assertEquals(Set.of("user:mallory"), disk.notes.keySet(), "a store that was restored from a backup");
    }

    @Test
    void aNoteThatIsNoRevocationHoldsNothingUp() throws Exception {
        disk.notes.put("user:mallory", new byte[8]);
        disk.notes.put("user:short", new byte[3]);
        disk.notes.put("other", new byte[8]);
        disk.notes.put("before:alice", new byte[8]);
        clock.advance(Duration.between(clock.instant(), Instant.EPOCH.plusSeconds(1)));
        revocations = process();
        revocations.storeIs(disk);
        assertEquals(1, revocations.inForce().size());
    }

    @Test
    void gatepostsOwnAreNeverConcerned() throws Exception {
        revocations.revoke(List.of(Revocation.issuedBefore("alice", clock.instant())));
        assertFalse(isRevoked(new Identity("alice", Set.of(), Source.OWN)));
    }
}
