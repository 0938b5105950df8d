package gatepost.transport.session;

/** How far a connection has come. It only ever goes forward, and {@link Lifecycle} alone says so. */
enum Phase {

    /** The broker has not taken it yet: nothing is read. */
    OPENING,
    /** CONNECT may come, and nothing else. */
    ANONYMOUS,
    /** CONNECTED was answered. */
    SIGNED_IN,
    /** Whatever still comes or waits is dropped, but for the last frames to the client. */
    ENDED
}
