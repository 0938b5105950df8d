package gatepost.authentication.login;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.realm.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A check that gets in where it should not waits for a gate that stays closed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PasswordChecksTest {

    private final PasswordChecks checks = new PasswordChecks(new CheckRules(2, 1, 8));
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final List<Future<String>> asked = new ArrayList<>();

    @AfterEach
    void stop() {
        gate.countDown();
        clients.shutdownNow();
        checks.close();
    }

    private String held() {
        running.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Thread.currentThread().getName();
    }

    /** Comes in and waits for as long as the gate is closed. */
    private void occupy(Effort effort, String user, String address) {
        int before = checks.waiting();
        asked.add(clients.submit(() -> checks.run(effort, user, address, false, this::held)));
        await().until(() -> checks.waiting() == before + 1);
    }

    private SignInRefused busy(Effort effort, String user, String address, boolean known) {
        SignInRefused refused =
                assertThrows(SignInRefused.class, () -> checks.run(effort, user, address, known, this::held));
        assertEquals(SignInRefused.Kind.BUSY, refused.kind());
        return refused;
    }

    @Test
    void whatTakesNoTimeIsDoneHere() throws Exception {
        assertSame(Thread.currentThread(), checks.run(Effort.NONE, "alice", "here", false, Thread::currentThread));
        assertNotSame(Thread.currentThread(), checks.run(Effort.HASH, "alice", "here", false, Thread::currentThread));
    }

    @Test
    void hashesKeepNoMoreThanTheirThreadsBusyAndDirectoriesHaveOthers() throws Exception {
        for (int i = 0; i < 4; i++) {
            occupy(Effort.HASH, "user " + i, "address " + i);
        }
        occupy(Effort.DIRECTORY, "erin", "elsewhere");
        await().until(() -> running.get() == 3);
        gate.countDown();
        for (Future<String> answer : asked) {
            assertTrue(answer.get().startsWith("gatepost-password-"));
        }
        assertEquals(0, checks.waiting());
    }

    @Test
    void oneUserHasAQuarterOfThePlaces() {
        occupy(Effort.HASH, "alice", "a");
        occupy(Effort.HASH, "alice", "b");
        assertTrue(busy(Effort.HASH, "alice", "c", false).getMessage().endsWith("try again later"));
        occupy(Effort.HASH, "bob", "c");
    }

    @Test
    void oneAddressHasHalfOfThePlacesAndUsersWhoAreKnownThereHaveTheOthers() {
        for (int i = 0; i < 4; i++) {
            occupy(Effort.HASH, "user " + i, "office");
        }
        busy(Effort.HASH, "alice", "office", false);
        asked.add(clients.submit(() -> checks.run(Effort.HASH, "alice", "office", true, this::held)));
        await().until(() -> checks.waiting() == 5);
    }

    @Test
    void aDirectoryThatDoesNotAnswerLeavesRoomForHashes() {
        for (int i = 0; i < 6; i++) {
            occupy(Effort.DIRECTORY, "user " + i, "address " + i);
        }
        busy(Effort.DIRECTORY, "erin", "elsewhere", false);
        occupy(Effort.HASH, "bob", "elsewhere");
        occupy(Effort.HASH, "carol", "elsewhere");
        busy(Effort.HASH, "dave", "elsewhere", false);
    }

    @Test
    void whatACheckThrowsReachesWhoAsked() {
        SignInRefused refusal = SignInRefused.because("wrong");
        assertSame(
                refusal,
                assertThrows(
                        SignInRefused.class,
                        () -> checks.run(Effort.HASH, "a", "b", false, () -> {
                            throw refusal;
                        })));
        assertEquals(
                SignInRefused.Kind.UNAVAILABLE,
                assertThrows(
                                SignInRefused.class,
                                () -> checks.run(Effort.HASH, "a", "b", false, () -> {
                                    throw new IllegalStateException("expected by the test");
                                }))
                        .kind());
        assertEquals(0, checks.waiting());
    }

    @Test
    void otherRulesAreInForceAtOnce() {
        occupy(Effort.HASH, "alice", "a");
        occupy(Effort.HASH, "alice", "b");
        checks.rules(new CheckRules(3, 2, 16));
        occupy(Effort.HASH, "alice", "c");
        await().until(() -> running.get() == 3);
        checks.rules(new CheckRules(1, 1, 8));
        busy(Effort.HASH, "alice", "d", false);
    }

    @Test
    void whoeverWaitsIsToldWhenItStops() {
        occupy(Effort.DIRECTORY, "alice", "a");
        occupy(Effort.DIRECTORY, "bob", "b");
        checks.close();
        await().until(() -> asked.get(1).isDone());
        assertThrows(Exception.class, () -> asked.get(1).get());
    }
}
