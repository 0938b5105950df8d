package gatepost.console.live;

import gatepost.authentication.api.PageTokens;
import gatepost.client.GatepostDeniedException;
import gatepost.client.GatepostException;
import gatepost.console.web.Answers;
import gatepost.console.web.Connectors;
import gatepost.console.web.Json;
import gatepost.console.web.WebContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code POST /api/live}: where the page gets live data, and a token to read it with. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/live", WebContext.SELECT, WebContext.MAY_WAIT})
public final class LiveServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

    private final transient Feed feed;
    private final transient PageTokens tokens;
    private final transient Connectors connectors;

    record Access(String url, String user, String token, String destination, List<Sample> history) {}

    @Activate
    public LiveServlet(@Reference Feed feed, @Reference PageTokens tokens, @Reference Connectors connectors) {
        this.feed = feed;
        this.tokens = tokens;
        this.connectors = connectors;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> url = connectors.webSocket(request);
        if (url.isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "No connector for WebSocket is open.");
            return;
        }
        try {
            List<Sample> history = feed.watch(TOKEN_LIFETIME);
            Json.write(
                    response,
                    new Access(
                            url.get(),
                            PageTokens.CONSOLE_PAGE,
                            tokens.console(TOKEN_LIFETIME),
                            "/topic/gatepost.console",
                            history));
        } catch (GatepostDeniedException e) {
            Answers.error(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "The entry map does not let the console publish: is entry.console in etc/gatepost.authorization.cfg?");
        } catch (GatepostException e) {
            Answers.error(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "The console cannot publish through Gatepost: " + e.getMessage());
        }
    }
}
