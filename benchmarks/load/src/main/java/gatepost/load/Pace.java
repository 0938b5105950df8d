package gatepost.load;

import java.util.concurrent.TimeUnit;

/**
 * When a publisher's messages are due. With a rate they are due whether or not the broker keeps up, so that what it delays is seen
 * (no coordinated omission).
 *
 * @param begin moment of the first, {@link System#nanoTime()}
 * @param interval nanoseconds from one to the next; 0: as fast as it goes
 * @param end after it nothing is sent
 * @param messages at most; 0: no limit
 */
record Pace(long begin, double interval, long end, int messages) {

    /**
     * @param rate messages a second of all publishers together; 0: as fast as it goes
     * @param publisher its messages are due between those of the others
     */
    static Pace of(long now, int rate, int seconds, int messages, int publisher, int publishers) {
        double interval = rate == 0 ? 0 : 1e9 * publishers / rate;
        return new Pace(
                now + (long) (interval * publisher / publishers),
                interval,
                now + TimeUnit.SECONDS.toNanos(seconds),
                messages);
    }

    /** @return when the message with that number is due, counted from 0; a moment long past when there is no rate */
    long due(int number) {
        return begin + (long) (interval * number);
    }

    /** @return whether there is none with that number */
    boolean isOver(int number, long now) {
        return messages > 0 && number >= messages || (interval > 0 ? due(number) : now) - end >= 0;
    }
}
