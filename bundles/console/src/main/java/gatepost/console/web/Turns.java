package gatepost.console.web;

import gatepost.console.Console;
import gatepost.console.ConsoleSettings.Requests;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Has so many requests worked on at a time, and others wait without a thread until it is their turn. Those for health pass, on the
 * threads that are left: whoever asks whether Gatepost is well is answered whatever everybody else does.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            WebContext.SELECT,
            WebContext.WHEN_IT_COMES,
            WebContext.WHEN_IT_GOES_ON,
            "service.ranking:Integer=50"
        })
public final class Turns extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String HEALTH = "/health/";
    /** On a request whose turn it is: it was given the place of one that is done. */
    private static final String TURN = Turns.class.getName();

    private final transient Console console;
    private final transient Refusals refusals;
    private final transient Deque<Waiter> waiting = new ArrayDeque<>();
    private int working;

    private enum Turn {
        NOW,
        LATER,
        NEVER
    }

    private record Waiter(HttpServletRequest request, AsyncContext context) {}

    @Activate
    public Turns(@Reference Console console, @Reference Refusals refusals) {
        this.console = console;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getServletPath().startsWith(HEALTH)) {
            chain.doFilter(request, response);
            return;
        }
        Turn turn = request.getAttribute(TURN) == null ? turn(request, response) : Turn.NOW;
        if (turn == Turn.NOW) {
            request.removeAttribute(TURN);
            try {
                chain.doFilter(request, response);
            } finally {
                done();
            }
        } else if (turn == Turn.NEVER) {
            refuse(response);
        }
    }

    private synchronized Turn turn(HttpServletRequest request, HttpServletResponse response) {
        Requests limits = console.settings().requests();
        if (working < limits.max()) {
            working++;
            return Turn.NOW;
        }
        if (waiting.size() >= limits.waiting()) {
            return Turn.NEVER;
        }
        AsyncContext context = request.startAsync();
        Waiter waiter = new Waiter(request, context);
        context.setTimeout(limits.timeout().toMillis());
        context.addListener(new WaitingEnds(() -> {
            if (leaves(waiter)) {
                refuse(response);
                context.complete();
            }
        }));
        waiting.add(waiter);
        return Turn.LATER;
    }

    private void refuse(HttpServletResponse response) throws IOException {
        refusals.busy();
        response.setHeader("Retry-After", "1");
        Refusals.answer(
                response,
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "There is too much to do. Try again in a second.");
    }

    private synchronized boolean leaves(Waiter waiter) {
        return waiting.remove(waiter);
    }

    /** One is done: its place is that of the next, or nobody's. */
    private void done() {
        Optional<Waiter> next = next();
        while (next.isPresent() && !goesOn(next.get())) {
            next = next();
        }
    }

    private synchronized Optional<Waiter> next() {
        if (waiting.isEmpty()) {
            working--;
        }
        return Optional.ofNullable(waiting.poll());
    }

    private static boolean goesOn(Waiter waiter) {
        waiter.request().setAttribute(TURN, true);
        try {
            waiter.context().dispatch();
            return true;
        } catch (IllegalStateException e) {
            return false; // its client has gone
        }
    }
}
