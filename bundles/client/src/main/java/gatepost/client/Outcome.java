package gatepost.client;

/** Learns what became of a request; called once, on the connection's event loop: it must not block. */
@FunctionalInterface
public interface Outcome {

    /** @param failure {@code null} when the broker confirmed it */
    void done(GatepostException failure);
}
