package gatepost.console.tryit;

import gatepost.console.Console;
import gatepost.console.web.Answers;
import gatepost.console.web.Origin;
import gatepost.console.web.WebContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Everything under {@code /try} is there for this machine only, and only while the operator leaves it on. */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/try/*",
            WebContext.SELECT,
            WebContext.WHEN_IT_COMES,
            WebContext.WHEN_IT_GOES_ON
        })
public final class TryGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Console console;

    @Activate
    public TryGate(@Reference Console console) {
        this.console = console;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (console.settings().tryIt() && Origin.isLoopback(request)) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            Answers.text(response, "There is nothing here.");
        }
    }
}
