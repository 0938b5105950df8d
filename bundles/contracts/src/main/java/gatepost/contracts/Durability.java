package gatepost.contracts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.command.MessageId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether something is on the disk: not yet, safe, or never. The store makes one for each message that it takes and leaves it with the
 * message's id; the transport writes a RECEIPT once it is safe. It is settled once and stays so. Safe for use by several threads; only
 * {@link #await} blocks.
 */
public class Durability {

    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);
    private static final VarHandle STATE = state();
    private static final Object SAFE = new Object();

    private record Waiter(Runnable next, Waiter before) {}

    /** Nothing or the last {@link Waiter} while it is open; then {@link #SAFE}, or why not. */
    private volatile Object state;

    private volatile InboxPosition position;
    private volatile String refusal;
    private volatile Reach reach;

    /** @return what the store that took this message says of it; nothing when no store did that writes later */
    public static Optional<Durability> of(MessageId message) {
        // ActiveMQ offers stores no other place beside a message
        return message.getEntryLocator() instanceof Durability durability ? Optional.of(durability) : Optional.empty();
    }

    /** @return one that is safe, for what there is nothing to write of */
    public static Durability alreadySafe() {
        Durability safe = new Durability();
        safe.safe();
        return safe;
    }

    /** @return one that is safe when all of these are, and has failed when one of them has */
    public static Durability ofAll(List<Durability> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        Durability whole = new Durability();
        AtomicInteger left = new AtomicInteger(all.size() + 1);
        Runnable settled = () -> {
            if (left.decrementAndGet() == 0) {
                whole.settle(all.stream()
                        .flatMap(one -> one.failure().stream())
                        .map(Object.class::cast)
                        .findFirst()
                        .orElse(SAFE));
            }
        };
        all.forEach(one -> one.whenSettled(settled));
        settled.run();
        return whole;
    }

    /** Leaves this with a message that a store has taken. */
    public final void leaveWith(MessageId message) {
        message.setEntryLocator(this);
    }

    /** @param given what an inbox gave to it */
    public final void position(InboxPosition given) {
        position = given;
    }

    /** @return the place in an inbox that it was given; nothing for what came into none, or into several */
    public final Optional<InboxPosition> position() {
        return Optional.ofNullable(position);
    }

    /** @param given how many inboxes the message came into */
    public final void reach(Reach given) {
        reach = given;
    }

    /** @return how many inboxes it came into, of a message to an audience; nothing for any other */
    public final Optional<Reach> reach() {
        return Optional.ofNullable(reach);
    }

    /**
     * The message was not taken, as its sender allowed: nothing of it is kept.
     *
     * @param reason such as {@code full}
     */
    public final void refused(String reason) {
        refusal = reason;
        safe();
    }

    /** @return why the message was not taken although that is no error; nothing when it was taken */
    public final Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** It is on the disk, or does not matter any more. */
    public final void safe() {
        settle(SAFE);
    }

    /** It is not on the disk and never will be. */
    public final void failed(IOException reason) {
        settle(reason);
    }

    public final boolean isSettled() {
        return isSettled(state);
    }

    public final boolean isSafe() {
        return state == SAFE;
    }

    /** @return why it could not be written; nothing while it is open or when it is safe */
    public final Optional<IOException> failure() {
        return state instanceof IOException reason ? Optional.of(reason) : Optional.empty();
    }

    /**
     * Has that run once it is settled: at once on this thread, or later on the thread that settles it, which is the store's and must not
     * be held up. What is given first runs first.
     */
    public final void whenSettled(Runnable next) {
        Object before = state;
        while (!isSettled(before)) {
            if (STATE.compareAndSet(this, before, new Waiter(next, (Waiter) before))) {
                return;
            }
            before = state;
        }
        run(next);
    }

    /** As {@link #await(long, TimeUnit)}, for as long as it takes. */
    public final void await() throws IOException {
        await(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /**
     * Returns when it is safe.
     *
     * @throws IOException when it could not be written, or was not in time; {@link InterruptedIOException} when the thread is interrupted
     */
    public final void await(long timeout, TimeUnit unit) throws IOException {
        if (!isSettled()) {
            CountDownLatch settled = new CountDownLatch(1);
            whenSettled(settled::countDown);
            try {
                if (!settled.await(timeout, unit)) {
                    throw new IOException("the disk did not take it within " + unit.toMillis(timeout) + " ms");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the disk");
            }
        }
        if (state instanceof IOException reason) {
            // a trace of its own for each thread that waited
            throw new IOException(reason.getMessage(), reason);
        }
    }

    private void settle(Object outcome) {
        Object before = state;
        while (!isSettled(before)) {
            if (STATE.compareAndSet(this, before, outcome)) {
                runAll((Waiter) before);
                return;
            }
            before = state;
        }
    }

    private static boolean isSettled(Object state) {
        return state == SAFE || state instanceof IOException;
    }

    private static void runAll(Waiter last) {
        Waiter reversed = null;
        for (Waiter waiter = last; waiter != null; waiter = waiter.before()) {
            reversed = new Waiter(waiter.next(), reversed);
        }
        for (Waiter waiter = reversed; waiter != null; waiter = waiter.before()) {
            run(waiter.next());
        }
    }

    /** Whoever waits must not do harm to the store, nor to others who wait: not even when its bundle is just going. */
    private static void run(Runnable next) {
        try {
            next.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("what was to follow when a message is stored failed", e);
        }
    }

    private static VarHandle state() {
        try {
            return MethodHandles.lookup().findVarHandle(Durability.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
