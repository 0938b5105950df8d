package gatepost.store.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Account;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.store.quota.Admission.Wish;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.security.SecurityContext;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission();
    private final Charge queue = new Charge("app.inbox");

    @Test
    void aUserMayHaveSoManyBytesWaitingAndNotOneMoreInWhateverQueue() throws QuotaReached {
        admission.limit(new Quotas(0, 0, 100, 0));
        kept("mallory", 60, 1);

        assertEquals(
                "of what user mallory sent, 100 bytes may wait in the store (user.bytes)", refusal("mallory", 41, 1));
        admission
                .admit(user("mallory", false), List.of(new Wish(new Charge("other"), false, 40, 1)))
                .close();
        admission.admit(user("bob", false), wish(100, 1)).close();
        assertEquals(1, admission.refused().get("user.bytes").sum());
    }

    @Test
    void aUserMayHaveSoManyMessagesWaiting() {
        admission.limit(new Quotas(0, 0, 0, 2));
        kept("mallory", 60, 1);

        assertEquals(
                "of what user mallory sent, 2 messages may wait in the store (user.messages)",
                refusal("mallory", 1, 2));
    }

    @Test
    void aQueueTakesSoMuchAndNoMoreFromWhoeverItIs() {
        admission.limit(new Quotas(100, 3, 0, 0));
        queue.add(90, 2);

        assertEquals("the queue may hold 100 bytes (queue.bytes.max)", refusal("bob", 11, 1));
        assertEquals("the queue may hold 3 messages (queue.messages.max)", refusal("bob", 1, 2));
        assertThrows(QuotaReached.class, () -> admission.admit(user("application", true), wish(11, 1)));
        assertEquals(90, queue.bytes());
    }

    @Test
    void anInboxHasLimitsOfItsOwnInsteadOfThoseOfAQueue() throws QuotaReached {
        admission.limit(new Quotas(1, 1, 0, 0));
        admission.inboxes(() -> new InboxLimits(3, 100, false));
        queue.add(90, 2);

        assertEquals("the inbox app.inbox may hold 100 bytes (inbox.bytes)", inboxRefusal(11, 1));
        assertEquals("the inbox app.inbox may hold 3 messages (inbox.messages)", inboxRefusal(1, 2));
        assertEquals("the queue may hold 1 bytes (queue.bytes.max)", refusal("bob", 1, 1));
        admission.admit(user("bob", false), inboxWish(10, 1)).close();
        assertEquals(1, admission.refused().get("inbox.bytes").sum());
    }

    @Test
    void whereTheOldestGoOnlyWhatIsTooLargeByItselfIsRefused() throws QuotaReached {
        admission.inboxes(() -> new InboxLimits(3, 100, true));
        queue.add(90, 3);

        try (Reservation room = admission.admit(user("bob", false), inboxWish(100, 1))) {
            assertEquals(90, queue.bytes(), "what is there is counted, and nothing else");
        }
        admission.admit(user("bob", false), inboxWish(200, 2)).close();
        assertEquals(90, queue.bytes());
        assertEquals("the inbox app.inbox may hold 100 bytes (inbox.bytes)", inboxRefusal(101, 1));
    }

    private String inboxRefusal(long bytes, long messages) {
        return assertThrows(QuotaReached.class, () -> admission.admit(user("bob", false), inboxWish(bytes, messages)))
                .getMessage();
    }

    private List<Wish> inboxWish(long bytes, long messages) {
        return List.of(new Wish(queue, true, bytes, messages));
    }

    @Test
    void theQuotaOfUsersIsNotForTrustedAccountsAndNoneIsForTheBrokersOwnWork() throws QuotaReached {
        admission.limit(new Quotas(1000, 0, 1, 1));

        admission.admit(user("application", true), wish(500, 5)).close();
        ConnectionContext own = new ConnectionContext();
        own.setSecurityContext(SecurityContext.BROKER_SECURITY_CONTEXT);
        admission.admit(own, wish(5000, 5)).close();
        admission.admit(null, wish(5000, 5)).close();

        assertEquals(0, admission.users().all().size());
    }

    @Test
    void whatIsRefusedTakesNoRoomAnywhere() {
        admission.limit(new Quotas(100, 0, 50, 0));
        Charge other = new Charge("other");
        other.add(100, 1);

        assertThrows(
                QuotaReached.class,
                () -> admission.admit(
                        user("bob", false), List.of(new Wish(queue, false, 10, 1), new Wish(other, false, 10, 1))));
        assertThrows(QuotaReached.class, () -> admission.admit(user("bob", false), wish(60, 1)));

        assertEquals(0, queue.bytes());
        assertEquals(0, admission.users().all().size());
    }

    @Test
    void aLimitHoldsFromTheMomentInWhichItIsSet() throws QuotaReached {
        kept("mallory", 60, 1);
        admission.limit(new Quotas(0, 0, 50, 0));
        refusal("mallory", 1, 1);

        admission.limit(new Quotas(0, 0, 61, 0));

        admission.admit(user("mallory", false), wish(1, 1)).close();
    }

    @Test
    void howeverManySendAtOnceItStaysWithinTheQuotaAndNobodyIsCountedTwice() throws InterruptedException {
        admission.limit(new Quotas(0, 0, 0, 100));
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        start.await();
                        for (int n = 0; n < 5_000; n++) {
                            send(taken, n);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertTrue(taken.get() >= 99 && taken.get() <= 100, () -> taken + " of 100");
        assertEquals(taken.get(), admission.users().of("mallory").messages());
    }

    /** As the store does: counted as long as it is there, half of it forgotten at once. */
    private void send(AtomicInteger taken, int number) {
        try (Reservation room = admission.admit(user("mallory", false), wish(1, 1))) {
            Charge charge = admission.users().add("mallory", 1, 1);
            if (number % 2 == 0) {
                admission.users().subtract(charge, 1, 1);
            } else {
                taken.incrementAndGet();
            }
        } catch (QuotaReached e) {
            assertEquals("user.messages", e.key());
        }
    }

    private void kept(String user, long bytes, long messages) {
        admission.users().add(user, bytes, messages);
    }

    private String refusal(String user, long bytes, long messages) {
        return assertThrows(QuotaReached.class, () -> admission.admit(user(user, false), wish(bytes, messages)))
                .getMessage();
    }

    private List<Wish> wish(long bytes, long messages) {
        return List.of(new Wish(queue, false, bytes, messages));
    }

    private static ConnectionContext user(String name, boolean trusted) {
        ConnectionContext context = new ConnectionContext();
        context.setSecurityContext(new SignedIn(name, trusted));
        return context;
    }

    private static final class SignedIn extends SecurityContext implements Account {

        private final boolean trusted;

        SignedIn(String user, boolean trusted) {
            super(user);
            this.trusted = trusted;
        }

        @Override
        public String user() {
            return getUserName();
        }

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }

        @Override
        public boolean isTrusted() {
            return trusted;
        }

        @Override
        public Set<Principal> getPrincipals() {
            return Set.of();
        }
    }
}
