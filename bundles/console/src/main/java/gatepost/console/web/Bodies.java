package gatepost.console.web;

import gatepost.console.Console;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands right before the servlets and has the body of a POST read before one sees it: no thread waits for a client that does not
 * send what it has promised, however many there are of them.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            WebContext.SELECT,
            WebContext.WHEN_IT_COMES,
            WebContext.WHEN_IT_GOES_ON,
            "service.ranking:Integer=-100"
        })
public final class Bodies extends HttpFilter {

    /** Bytes of a body that anybody here wants to read. */
    static final int LONGEST = 16 * 1024;

    /** The same of those who are signed in, for a file of a configuration as JSON. */
    static final int LONGEST_OF_OPERATORS = 256 * 1024;

    private static final String OPERATORS = "/api/";
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    private static final String BODY = Bodies.class.getName();
    private static final byte[] NONE = {};

    private final transient Console console;
    private final transient Refusals refusals;

    @Activate
    public Bodies(@Reference Console console, @Reference Refusals refusals) {
        this.console = console;
        this.refusals = refusals;
    }

    /** @return how many bytes may come; whoever is not signed in does not get here with a request for operators */
    static int longest(HttpServletRequest request) {
        return request.getRequestURI().startsWith(OPERATORS) ? LONGEST_OF_OPERATORS : LONGEST;
    }

    /** @return the body that has come; one that is too long is cut behind its {@link #longest} first bytes and one more */
    static byte[] of(HttpServletRequest request) {
        byte[] body = (byte[]) request.getAttribute(BODY);
        return body == null ? NONE : body;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST") || request.getAttribute(BODY) != null) {
            chain.doFilter(request, response);
            return;
        }
        AsyncContext waiting = request.startAsync();
        waiting.setTimeout(console.settings().requests().timeout().toMillis());
        Reader reader = new Reader(request, waiting);
        waiting.addListener(new WaitingEnds(() -> {
            if (reader.givesUp()) {
                refusals.slow();
                Refusals.answer(
                        response, HttpServletResponse.SC_REQUEST_TIMEOUT, "The request did not come whole in time.");
                waiting.complete();
            }
        }));
        request.getInputStream().setReadListener(reader);
    }

    /** Told by the server when there is something to read; never two threads at a time. */
    private static final class Reader implements ReadListener {

        private final HttpServletRequest request;
        private final ServletInputStream in;
        private final AsyncContext waiting;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        private final int longest;
        private volatile boolean done;

        Reader(HttpServletRequest request, AsyncContext waiting) throws IOException {
            this.request = request;
            this.longest = longest(request);
            this.in = request.getInputStream();
            this.waiting = waiting;
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] part = new byte[4096];
            while (!done && in.isReady()) {
                int length = in.read(part, 0, Math.min(part.length, longest + 1 - body.size()));
                if (length < 0) {
                    return;
                }
                body.write(part, 0, length);
                if (body.size() > longest) {
                    goOn();
                }
            }
        }

        @Override
        public void onAllDataRead() {
            goOn();
        }

        private void goOn() {
            if (givesUp()) {
                request.setAttribute(BODY, body.toByteArray());
                waiting.dispatch();
            }
        }

        /** @return whether it was still reading, and does no more */
        synchronized boolean givesUp() {
            boolean reading = !done;
            done = true;
            return reading;
        }

        @Override
        public void onError(Throwable failure) {
            LOG.debug("the body of a request did not come: {}", failure.toString());
            if (givesUp()) {
                waiting.complete();
            }
        }
    }
}
