package gatepost.events.feed;

import gatepost.contracts.events.EventType;

/** An event that one subscriber is to be told. What is not final or volatile is its sender's thread's. */
final class Pending {

    /** What has become of the report. */
    enum State {
        /** Not known yet: what comes after it waits. */
        OPEN,
        SAFE,
        /** It did not happen, or could not be written. */
        DROPPED
    }

    final String user;
    final EventType type;
    final String name;
    final String key;
    final long order;
    final long at;

    volatile State state;
    /** Known once it is safe. */
    volatile String queue;

    Pending older;
    Pending newer;
    boolean listed;
    boolean told;

    Pending(String user, EventType type, String name, String key, long order, long at) {
        this.user = user;
        this.type = type;
        this.name = name;
        this.key = key;
        this.order = order;
        this.at = at;
        this.state = State.OPEN;
    }

    /** One that was found on the disk. */
    Pending(String queue, String user, EventType type, String name, String key, long order, long at) {
        this(user, type, name, key, order, at);
        this.queue = queue;
        this.state = State.SAFE;
    }
}
