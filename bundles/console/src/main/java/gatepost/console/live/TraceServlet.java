package gatepost.console.live;

import gatepost.console.web.Answers;
import gatepost.console.web.Json;
import gatepost.console.web.WebContext;
import gatepost.contracts.MessageTrace;
import gatepost.contracts.MessageTrace.Report;
import gatepost.contracts.MessageTrace.Told;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /api/trace}: what happened to the last messages for a user? */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/trace", WebContext.SELECT, WebContext.MAY_WAIT})
public final class TraceServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final int MOST = 20;

    private final transient MessageTrace trace;

    /** @param more messages that wait and were not looked at */
    record Sentences(List<String> sentences, long more) {}

    @Activate
    public TraceServlet(@Reference MessageTrace trace) {
        this.trace = trace;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> user =
                Optional.ofNullable(request.getParameter("user")).filter(name -> !name.isEmpty());
        if (user.isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_BAD_REQUEST, "Name a user.");
            return;
        }
        Report report = trace.of(user.get(), MOST);
        Json.write(
                response,
                new Sentences(report.messages().stream().map(Told::sentence).toList(), report.more()));
    }
}
