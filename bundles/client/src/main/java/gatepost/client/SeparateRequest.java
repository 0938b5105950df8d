package gatepost.client;

import gatepost.transport.frame.Frame;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * One request over a session of its own. What was denied before is tried again in this way, since a denial ends the session, and with
 * it everybody else's session.
 */
final class SeparateRequest implements StompSession.Events {

    private static final String RECEIPT = "0";
    private static final long TIMEOUT_MILLIS = 30_000;

    private final Request request;
    private boolean over;

    private SeparateRequest(Request request) {
        this.request = request;
    }

    /** Fails the request with a {@link GatepostDeniedException} if it is denied again. */
    static void run(EventLoop loop, URI address, Credentials credentials, Request request) {
        SeparateRequest separate = new SeparateRequest(request);
        StompSession session = StompSession.open(loop, address, credentials, separate);
        loop.schedule(
                () -> {
                    session.close();
                    separate.over(new GatepostUnavailableException("no receipt from the broker in time"));
                },
                TIMEOUT_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void connected(StompSession session) {
        session.send(request.frame(RECEIPT));
    }

    @Override
    public void received(StompSession session, Frame frame) {
        String command = frame.command();
        if (command.equals("RECEIPT")) {
            session.close();
            over(null);
        } else if (command.equals("ERROR")) {
            session.close();
            over(refusal(frame.header("message")));
        }
    }

    @Override
    public void ended(StompSession session, String reason) {
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
                ? new GatepostDeniedException(message)
                : new GatepostException("refused: " + message);
    }
}
