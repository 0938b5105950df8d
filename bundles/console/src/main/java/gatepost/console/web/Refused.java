package gatepost.console.web;

import gatepost.console.web.Aside.Said;
import java.util.Map;

/** Thrown when what was asked for is not done, with a message for people that names the thing, its value and what was expected. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of HTTP */
    public Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** @return what the request is answered */
    public Said said() {
        return said(status, getMessage());
    }

    static Said said(int status, String message) {
        return new Said(status, Map.of("error", message));
    }
}
