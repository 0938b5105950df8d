package gatepost.routes.camel;

/** A route file cannot be used. The message tells why, on one line and without secrets. */
public final class RouteFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    RouteFault(int line, String message) {
        super(message);
        this.line = line;
    }

    /** @return the line of the file, from 1, or 0 where it is unknown */
    public int line() {
        return line;
    }
}
