package gatepost.console.health;

import gatepost.console.web.Answers;
import gatepost.console.web.Origin;
import gatepost.console.web.WebContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code /health/live} and {@code /health/ready}: 200 and {@code ok}, or 503 and a line for each thing that is wrong. For this
 * machine only, and without a login.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=" + HealthServlet.LIVE,
            "osgi.http.whiteboard.servlet.pattern=" + HealthServlet.READY,
            WebContext.SELECT,
            WebContext.MAY_WAIT
        })
public final class HealthServlet extends HttpServlet {

    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";

    private static final long serialVersionUID = 1L;

    private final transient Health health;

    @Activate
    public HealthServlet(@Reference Health health) {
        this.health = health;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Origin.isLoopback(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            Answers.text(response, "Health is for this machine only.");
            return;
        }
        List<String> problems = LIVE.equals(request.getServletPath()) ? health.dead() : health.unready();
        if (problems.isEmpty()) {
            Answers.text(response, "ok");
            return;
        }
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        Answers.text(response, String.join("\n", problems));
    }
}
