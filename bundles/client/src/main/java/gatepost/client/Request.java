package gatepost.client;

import gatepost.transport.frame.Frame;
import java.util.HashMap;
import java.util.Map;

/** A frame whose RECEIPT is awaited. Belongs to the connection's event loop. */
final class Request {

    private final String command;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean survives;
    private final long deadline;
    private final Outcome outcome;
    private int losses;

    /**
     * @param survives whether it is sent again over the next session; otherwise it is over when the session it was for is
     * @param deadline of {@link System#nanoTime}
     */
    Request(
            String command,
            Map<String, String> headers,
            byte[] body,
            boolean survives,
            long deadline,
            Outcome outcome) {
        this.command = command;
        this.headers = headers;
        this.body = body;
        this.survives = survives;
        this.deadline = deadline;
        this.outcome = outcome;
    }

    /** A request that has meaning only for the session that it goes over, and waits as long as that lasts. */
    static Request forThisSession(String command, Map<String, String> headers, Outcome outcome) {
        return new Request(command, headers, new byte[0], false, Long.MAX_VALUE, outcome);
    }

    Frame frame(String receipt) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("receipt", receipt);
        return new Frame(command, all, body);
    }

    boolean survives() {
        return survives;
    }

    boolean isLate(long now) {
        return deadline != Long.MAX_VALUE && now - deadline >= 0;
    }

    /** @return how often a session has now ended while this was what the broker was to answer next */
    int lost() {
        return ++losses;
    }

    String destination() {
        return headers.getOrDefault("destination", "");
    }

    void succeeded() {
        outcome.done(null);
    }

    void failed(GatepostException failure) {
        outcome.done(failure);
    }

    @Override
    public String toString() {
        return command + (destination().isEmpty() ? "" : " to " + destination());
    }
}
