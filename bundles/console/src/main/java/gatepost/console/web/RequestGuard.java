package gatepost.console.web;

import gatepost.console.Console;
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
@Component(service = Filter.class, property = {"osgi.http.whiteboard.filter.pattern=/*", WebContext.SELECT})
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
        Optional<String> refusal = refusal(request, response);
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            Answers.text(response, refusal.get());
        }
    }

    /** @return why not, with the status set; empty when the request may pass */
    private Optional<String> refusal(HttpServletRequest request, HttpServletResponse response) {
        if (!Origin.host(request).filter(this::isServed).isPresent()) {
            return refuse(response, HttpServletResponse.SC_MISDIRECTED_REQUEST,
                    "This host name is not served here: see hosts in etc/gatepost.console.cfg.");
        }
        if (!READING.contains(request.getMethod()) && !WRITING.contains(request.getMethod())) {
            return refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "There is no " + request.getMethod() + " here.");
        }
        return isForeign(request)
                ? refuse(response, HttpServletResponse.SC_FORBIDDEN, "Pages of other origins may not ask for this.")
                : Optional.empty();
    }

    private boolean isServed(String host) {
        return Origin.isLoopbackName(host) || console.settings().hosts().contains(host);
    }

    /**
     * Cookies are no help here: all ports of a host are one site to them. Whoever writes has to name the origin; a program that is
     * no browser can. Links from elsewhere are fine, for reading.
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

    private static Optional<String> refuse(HttpServletResponse response, int status, String reason) {
        response.setStatus(status);
        return Optional.of(reason);
    }
}
