package gatepost.inbox;

import gatepost.contracts.Account;
import gatepost.contracts.InboxDispatch;
import gatepost.contracts.inbox.InboxReference;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.AbstractSubscription;
import org.apache.activemq.broker.region.QueueBrowserSubscription;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.Message;
import org.apache.activemq.filter.MessageEvaluationContext;
import org.apache.activemq.filter.NonCachedMessageEvaluationContext;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one subscription is in an inbox. It goes on by itself, in the order of the log, as long as its window has room; on the thread
 * that brought a message or made room while no disk has to be read, and else on one of the pool.
 */
final class InboxReader {

    private static final Logger LOG = LoggerFactory.getLogger(InboxReader.class);

    private final Inbox inbox;
    private final Parts parts;
    private final Content content;
    private final Subscription subscription;
    private final TaskRunnerFactory tasks;
    private final String account;
    /** How often it was asked to go on since it last had nothing to do; who makes it 1 does the work. */
    private final AtomicInteger asked = new AtomicInteger();

    /** Up to there it passes over what is done. */
    private final long waitingUntil;
    /** Who only looks sees what was there when it came. */
    private final long end;
    /** Behind it is what it has got, or passed over. Only who does the work changes it. */
    private volatile long position;
    /** The highest place of what has gone since it came, without having been passed over; it may have had that. */
    private volatile long lost = Long.MIN_VALUE;
    /** What the store had taken when it came is nothing that it has missed. */
    private final long yieldedBefore;

    private final Optional<Device> device;
    /** Whether it passes over what the device has. */
    private final boolean passesOver;

    private volatile boolean gap;
    private volatile boolean ended;

    private InboxReader(Inbox inbox, Subscription subscription, TaskRunnerFactory tasks, StartPlace start) {
        this.inbox = inbox;
        this.parts = inbox.parts();
        this.content = parts.content();
        this.subscription = subscription;
        this.tasks = tasks;
        this.account = account(subscription.getContext());
        this.position = start.position();
        this.waitingUntil = start.waitingUntil();
        this.gap = start.gap();
        this.end = start.end();
        this.device = start.device();
        this.passesOver = start.passesOver();
        this.yieldedBefore = content.log().yielded();
    }

    /**
     * @return a reader that begins where the client wants it to, which is told where that is
     */
    static InboxReader of(Inbox inbox, Subscription subscription, TaskRunnerFactory tasks) {
        InboxReader reader = new InboxReader(inbox, subscription, tasks, StartPlace.of(inbox.parts(), subscription));
        if (subscription.isBrowser()) {
            ((QueueBrowserSubscription) subscription).incrementQueueRef();
        }
        return reader;
    }

    /** @return who reads, empty for nobody that is known */
    static String account(ConnectionContext context) {
        return Account.of(context)
                .map(Account::user)
                .orElseGet(() -> context.getUserName() == null ? "" : context.getUserName());
    }

    String account() {
        return account;
    }

    Subscription subscription() {
        return subscription;
    }

    boolean is(Subscription other) {
        return subscription == other;
    }

    long position() {
        return position;
    }

    /** It gets nothing any more. */
    void end() {
        ended = true;
        device.ifPresent(parts.devices()::end);
    }

    /** A message that waited has gone. Called one at a time. */
    void lost(long place) {
        lost = Math.max(lost, place);
    }

    /** A message that was done has gone. Called one at a time. */
    void lostDone(long place) {
        // up to there it passes over what is done
        if (place > waitingUntil) {
            lost(place);
        }
    }

    /** The log was emptied: the next message says so. */
    void purged() {
        gap = true;
    }

    /** There may be something for it, or room; any thread. */
    void goOn() {
        if (asked.getAndIncrement() == 0) {
            work(false);
        }
    }

    private void work(boolean mayWait) {
        int seen = asked.get();
        while (true) {
            try {
                if (!deliver(mayWait)) {
                    tasks.execute(() -> work(true));
                    return;
                }
            } catch (Exception e) {
                // it gets no further: the connection may be going, or the disk cannot be read, which the next call
                // finds out
                LOG.warn(
                        "{} cannot go on with {}",
                        subscription.getConsumerInfo().getConsumerId(),
                        inbox.getName(),
                        e);
            }
            int left = asked.addAndGet(-seen);
            if (left == 0) {
                inbox.settlement().passed();
                return;
            }
            seen = left;
        }
    }

    /** @return false when it has to be gone on with where it may wait for the disk */
    private boolean deliver(boolean mayWait) throws Exception {
        while (!ended) {
            long next = next();
            if (next > end || next == Long.MAX_VALUE) {
                finish();
                return true;
            }
            if (subscription.isFull()) {
                if (subscription instanceof AbstractSubscription full) {
                    // one to many destinations has to know that something waits here
                    full.setSlowConsumer(true);
                }
                return true;
            }
            Message message = content.atHand(next);
            if (message == null) {
                if (!mayWait) {
                    return false;
                }
                message = content.read(next);
            }
            if (message != null) {
                offer(next, message);
            }
            position = next;
        }
        return true;
    }

    private long next() {
        if (position < waitingUntil) {
            long next = content.waitingAfter(position);
            if (next > waitingUntil && content.log().isPendingAfter(position)) {
                return Long.MAX_VALUE;
            }
            // what was on its way to the disk at the first look is there at the second
            next = next > waitingUntil ? content.waitingAfter(position) : next;
            if (next <= waitingUntil) {
                return next;
            }
            position = waitingUntil;
        }
        return content.after(position);
    }

    /** Who only looks has seen all. */
    private void finish() throws Exception {
        if (end != Long.MAX_VALUE && !ended) {
            ended = true;
            ((QueueBrowserSubscription) subscription).decrementQueueRef();
        }
    }

    private void offer(long place, Message message) throws Exception {
        message.setRegionDestination(inbox);
        if (message.isExpired()) {
            inbox.expired(place, message);
            return;
        }
        if (passesOver && message.isPersistent() && device.get().has(place) || !wants(message)) {
            return;
        }
        long yielded = content.log().yielded();
        gap |= lost > position || position >= waitingUntil && yielded > position && yielded > yieldedBefore;
        InboxDispatch dispatch = new InboxDispatch(
                content.log().epoch(),
                message.isPersistent() ? place : 0,
                gap,
                parts.had().had(account, place),
                message.isPersistent() ? content.state(place) : "",
                Names.replaces(message));
        gap = false;
        if (message.isPersistent()) {
            device.ifPresent(its -> its.delivered(place));
        }
        subscription.add(
                new InboxReference(inbox, message, place, parts.history().keeps(message), dispatch));
    }

    private boolean wants(Message message) throws IOException {
        MessageEvaluationContext context = new NonCachedMessageEvaluationContext();
        context.setDestination(inbox.getActiveMQDestination());
        context.setMessageReference(message);
        return subscription.matches(message, context);
    }
}
