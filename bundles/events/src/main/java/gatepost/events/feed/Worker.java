package gatepost.events.feed;

/** One thread: what it is given runs one after the other. Any thread may call it; after its end nothing runs. */
public interface Worker extends AutoCloseable {

    /** Has that run as soon as it can be. */
    void run(Runnable task);

    /** Has that run after so many nanoseconds. */
    void later(long nanos, Runnable task);

    @Override
    void close();
}
