package gatepost.broker.trace;

/**
 * Who sent a message to an audience. One for all inboxes that it has reached, and what is known of it later is said here once.
 * Any thread.
 */
final class SentToMany {

    private final String name;
    private final String id;
    private final String audience;
    private volatile long stored;

    /**
     * @param id what the application calls the message, or {@code null}
     * @param audience the name of the queue that it was sent to
     */
    SentToMany(String name, String id, String audience) {
        this.name = name;
        this.id = id;
        this.audience = audience;
    }

    String id() {
        return id;
    }

    String audience() {
        return audience;
    }

    /** It is on the disk by now. */
    void isStored() {
        stored = System.currentTimeMillis();
    }

    /** @return when it was on the disk, in milliseconds since 1970; 0 while it is not */
    long stored() {
        return stored;
    }

    @Override
    public String toString() {
        return name;
    }
}
