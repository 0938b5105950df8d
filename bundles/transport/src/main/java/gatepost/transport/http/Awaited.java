package gatepost.transport.http;

import gatepost.contracts.Durability;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Waits for several things without a thread. */
final class Awaited {

    private Awaited() {}

    /** Has that run once all are settled, at once when they are; on the thread that settles the last, which must not be held up. */
    static void all(List<Durability> awaited, Runnable next) {
        AtomicInteger left = new AtomicInteger(awaited.size() + 1);
        Runnable settled = () -> {
            if (left.decrementAndGet() == 0) {
                next.run();
            }
        };
        awaited.forEach(one -> one.whenSettled(settled));
        settled.run();
    }
}
