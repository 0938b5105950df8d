package gatepost.camel.connection;

import gatepost.camel.GatepostDeniedException;
import gatepost.camel.GatepostException;
import gatepost.camel.GatepostUnavailableException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.fusesource.hawtdispatch.DispatchQueue;
import org.fusesource.stomp.codec.StompFrame;

/**
 * One request over a wire of its own. What was denied before is tried again in this way, since a denial ends the wire, and with
 * it everybody else's session.
 */
final class Trial implements Wire.Events {

    private static final String RECEIPT = "trial";
    private static final long TIMEOUT_MILLIS = 30_000;

    private final Request request;
    private boolean over;

    private Trial(Request request) {
        this.request = request;
    }

    /** Fails the request with a {@link GatepostDeniedException} if it is denied again. */
    static void run(DispatchQueue queue, URI address, Credentials credentials, Request request) {
        Trial trial = new Trial(request);
        Wire wire = Wire.open(queue, address, credentials, trial);
        queue.executeAfter(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS, () -> {
            wire.close();
            trial.over(new GatepostUnavailableException("no receipt from the broker in time"));
        });
    }

    @Override
    public void connected(Wire wire) {
        wire.send(request.frame(RECEIPT));
    }

    @Override
    public void received(Wire wire, StompFrame frame) {
        String command = frame.action().toString();
        if (command.equals("RECEIPT")) {
            wire.close();
            over(null);
        } else if (command.equals("ERROR")) {
            wire.close();
            over(refusal(Frames.header(frame, "message")));
        }
    }

    @Override
    public void ended(Wire wire, String reason) {
        over(new GatepostUnavailableException(reason));
    }

    private void over(GatepostException failure) {
        if (over) {
            return;
        }
        over = true;
        if (failure == null) {
            request.succeeded();
        } else {
            request.failed(failure);
        }
    }

    /** @return a denial of the gate as such, and any other refusal as what it is */
    static GatepostException refusal(String message) {
        return message != null && message.startsWith("Denied: ")
                ? new GatepostDeniedException(message) : new GatepostException("refused: " + message);
    }
}
