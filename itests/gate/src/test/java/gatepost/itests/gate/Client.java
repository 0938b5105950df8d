package gatepost.itests.gate;

import java.util.Map;

/** A client that is signed in, of whatever library and over whatever transport. For one thread. */
interface Client extends AutoCloseable {

    /** What {@link #subscribe} and {@link #send} return when nothing was wrong. */
    String DONE = "done";

    /** @return {@link #DONE}, or the message of the ERROR frame */
    String subscribe(String destination, Map<String, String> headers);

    /** @return {@link #DONE}, or the message of the ERROR frame */
    String send(String destination, String body, Map<String, String> headers);

    /** Begins a transaction; a SEND belongs to it by its header {@code transaction}. */
    void begin(String transaction);

    void commit(String transaction);

    /** @return the body of the next message */
    String message();

    /** Once refused, it hears nothing more, and its connection has been closed. */
    void expectEnd();

    /** Goes away in an orderly manner if it is still connected. */
    @Override
    void close();
}
