package gatepost.transport.session;

import gatepost.contracts.Account;
import gatepost.contracts.Client;
import gatepost.transport.connector.Rates;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/**
 * Counts what one client sends, for it and for its user, and says when it is too much for the moment: the socket is read no further
 * then, until it is not. Nobody is refused anything. Event loop only.
 */
final class Throttle {

    /** Frames after which is looked, however many came at once. */
    private static final int FEW = 64;
    /** Bytes after which is looked. */
    private static final int LITTLE = 64 << 10;
    /** Longest time between two looks whether the account is trusted now, or the connection gone. */
    private static final long LOOK = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final Client client;
    private final Rates rates;
    private final Holding holding;
    private final TransportMetrics metrics;
    private final Runnable change;
    private final Pace messages = new Pace(System.nanoTime());
    private final Pace bytes = new Pace(System.nanoTime());
    private int newMessages;
    private long newBytes;
    private boolean pausing;
    private long pauseBegan;
    private long pauseEnds;

    /** @param change called when the pause is over */
    Throttle(Channel channel, Client client, Rates rates, Holding holding, TransportMetrics metrics, Runnable change) {
        this.channel = channel;
        this.client = client;
        this.rates = rates;
        this.holding = holding;
        this.metrics = metrics;
        this.change = change;
    }

    /**
     * Something came.
     *
     * @param counts whether as a message, too
     */
    void count(int size, boolean counts) {
        newBytes += size;
        newMessages += counts ? 1 : 0;
        if (newMessages >= FEW || newBytes >= LITTLE) {
            settle();
        }
    }

    /** What was read at once has been counted: decides whether to read on. */
    void settle() {
        if (newBytes == 0) {
            return;
        }
        long now = System.nanoTime();
        long pause = isTrusted() ? 0 : pause(now);
        newMessages = 0;
        newBytes = 0;
        if (pause <= 0) {
            return;
        }
        pauseEnds = now + pause;
        if (!pausing) {
            pausing = true;
            pauseBegan = now;
            metrics.throttled(1);
            wakeAfter(pause);
        }
    }

    /** Whether nothing should be read now. */
    boolean isPausing() {
        return pausing;
    }

    private long pause(long now) {
        Rates.Rate own = rates.connection();
        long pause = Math.max(
                messages.take(newMessages, own.messages(), rates.burst(), now),
                bytes.take(newBytes, own.bytes(), rates.burst(), now));
        UserShare user = holding.share().orElse(null);
        if (user != null) {
            Rates.Rate all = rates.user();
            pause = Math.max(
                    pause,
                    Math.max(
                            user.messages.take(newMessages, all.messages(), rates.burst(), now),
                            user.bytes.take(newBytes, all.bytes(), rates.burst(), now)));
        }
        return pause;
    }

    private boolean isTrusted() {
        return client.account().map(Account::isTrusted).orElse(false);
    }

    private void wakeAfter(long wait) {
        channel.eventLoop().schedule(this::wake, Math.min(wait, LOOK), TimeUnit.NANOSECONDS);
    }

    private void wake() {
        long now = System.nanoTime();
        long wait = pauseEnds - now;
        if (wait > 0 && channel.isActive() && !isTrusted()) {
            wakeAfter(wait);
            return;
        }
        pausing = false;
        metrics.throttled(-1);
        metrics.throttledFor(now - pauseBegan);
        change.run();
    }
}
