package gatepost.console.live;

import gatepost.console.session.Operator;
import gatepost.console.web.Json;
import gatepost.console.web.WebContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /api/status}: what is wrong, also when there is no broker or no connector that could say so. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/status", WebContext.SELECT, WebContext.MAY_WAIT})
public final class StatusServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Overview overview;

    @Activate
    public StatusServlet(@Reference Overview overview) {
        this.overview = overview;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Operator.of(request);
        Json.write(response, overview.status());
    }
}
