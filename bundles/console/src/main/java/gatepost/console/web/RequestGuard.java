package gatepost.console.web;

import gatepost.console.Console;
import gatepost.console.HostHeader;
import gatepost.console.monitor.Monitor;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Stands before every servlet. A request gets through that names a host which is served here, as another one means that a page
 * elsewhere has let its own name point to this machine (DNS rebinding), and that no page of another origin has sent. Every answer
 * forbids the browser whatever these pages do not need.
 */
@Component(
        service = Filter.class,
        property = {"osgi.http.whiteboard.filter.pattern=/*", WebContext.SELECT, "service.ranking:Integer=100"})
public final class RequestGuard extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> WRITING = Set.of("POST", "DELETE");

    private final transient Console console;

    @Activate
    public RequestGuard(@Reference Console console) {
        this.console = console;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SecurityHeaders.set(response);
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(refusal.get().status());
            Answers.text(response, refusal.get().reason());
        }
    }

    /** @return why not; empty when the request may pass */
    private Optional<Refusal> refusal(HttpServletRequest request) {
        if (!isServed(request)) {
            return Optional.of(new Refusal(
                    HttpServletResponse.SC_MISDIRECTED_REQUEST,
                    "This host name is not served here: see hosts in etc/gatepost.console.cfg."));
        }
        if (!READING.contains(request.getMethod()) && !WRITING.contains(request.getMethod())) {
            return Optional.of(new Refusal(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "There is no such method here."));
        }
        return isForeign(request)
                ? Optional.of(
                        new Refusal(HttpServletResponse.SC_FORBIDDEN, "Pages of other origins may not ask for this."))
                : Optional.empty();
    }

    private record Refusal(int status, String reason) {}

    /** Monitors ask by address, too, and are told nothing that a page could ask for in their stead: see {@link HostHeader}. */
    private boolean isServed(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return HostHeader.isServed(host, console.settings().hosts())
                || Monitor.isItsPath(request.getServletPath()) && HostHeader.isNoName(host);
    }

    /**
     * Cookies are no help here: all ports of a host are one site to them. Whoever writes has to name the origin; a program that
     * is no browser can. Links from elsewhere are fine, for reading.
     */
    private static boolean isForeign(HttpServletRequest request) {
        boolean writing = WRITING.contains(request.getMethod());
        String origin = request.getHeader("Origin");
        if (origin != null || writing) {
            return origin == null || !Origin.isSame(request, origin);
        }
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        return foreign && !"navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }
}
