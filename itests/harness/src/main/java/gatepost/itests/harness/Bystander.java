package gatepost.itests.harness;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who has nothing to do with what a test does to Gatepost: bob, who reads his queue over a WebSocket, and an application
 * that asks him something over TCP, waits for the RECEIPT and for his answer, ten times a second. What others do may not keep an
 * answer for longer than a second.
 *
 * <p>Works on a thread of its own; its methods are for the test's.
 */
public final class Bystander implements AutoCloseable {

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration GIVE_UP = Duration.ofSeconds(30);
    private static final String ANSWERS = "/temp-queue/answers";

    private final StompClient application;
    private final StompClient bob;
    private final Thread thread = new Thread(this::talk, "bystander");
    private volatile boolean closed;
    private long rounds;
    private long slowest;
    private Throwable harm;

    private Bystander(Gatepost gatepost) {
        application = Transport.TCP.client(gatepost);
        application.connect("system", "manager");
        application.done(ClientFrame.subscribe("answers", ANSWERS));
        bob = Transport.WEB_SOCKET.client(gatepost);
        bob.connect("bob", "bob");
        bob.done(ClientFrame.subscribe("questions", "/queue/user.bob"));
    }

    /** Begins to talk; the accounts that ship have to be there. */
    public static Bystander watch(Gatepost gatepost) {
        Bystander bystander = new Bystander(gatepost);
        bystander.thread.start();
        return bystander;
    }

    /** What was slow so far is forgotten: a test begins. */
    public synchronized void forget() {
        slowest = 0;
    }

    /** Waits for a question that is asked and answered from now on, and no answer since {@link #forget} took longer than a second. */
    public synchronized void assertUnharmed() {
        // the one under way began before
        long wanted = rounds + 2;
        long deadline = System.nanoTime() + GIVE_UP.toNanos();
        try {
            while (harm == null && rounds < wanted && System.nanoTime() < deadline) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        if (harm != null) {
            throw new AssertionError("the bystander was harmed: " + harm.getMessage(), harm);
        }
        if (rounds < wanted) {
            throw new AssertionError("the bystander got no answer for " + GIVE_UP.toSeconds() + " s");
        }
        if (slowest > LONGEST) {
            throw new AssertionError(
                    "the bystander waited for " + TimeUnit.NANOSECONDS.toMillis(slowest) + " ms for an answer");
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        application.close();
        bob.close();
    }

    private void talk() {
        try {
            for (int number = 0; !closed; number++) {
                long begin = System.nanoTime();
                ask("question " + number);
                done(System.nanoTime() - begin);
                LockSupport.parkNanos(PAUSE);
            }
        } catch (AssertionError | RuntimeException e) {
            harmed(e);
        }
    }

    private void ask(String question) {
        application.done(ClientFrame.send("/queue/user.bob", question, "reply-to:" + ANSWERS));
        ServerFrame asked = bob.expect("MESSAGE");
        if (!asked.text().equals(question)) {
            throw new AssertionError("bob expected " + question + ", and got " + asked.text());
        }
        bob.send(ClientFrame.send(asked.header("reply-to"), "answer to " + question));
        ServerFrame answer = application.expect("MESSAGE");
        if (!answer.text().equals("answer to " + question)) {
            throw new AssertionError("expected an answer to " + question + ", and got " + answer.text());
        }
    }

    private synchronized void done(long nanos) {
        rounds++;
        slowest = Math.max(slowest, nanos);
        notifyAll();
    }

    private synchronized void harmed(Throwable failure) {
        harm = failure;
        notifyAll();
    }
}
