package gatepost.console.tryit;

import gatepost.authentication.api.PageTokens;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an application does for its users, done for alice and bob: {@code /try/token} gives the page a token for one of them, and
 * {@code /try/message} publishes what one of them writes to the other.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/try/token",
            "osgi.http.whiteboard.servlet.pattern=/try/message",
            WebContext.SELECT,
            WebContext.MAY_WAIT
        })
public final class TryServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TryServlet.class);
    private static final Set<String> USERS = Set.of("alice", "bob");
    /** No shorter: a session of such a token takes no other in its place, and everybody knows what the token is worth. */
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);

    private static final int LONGEST_TEXT = 1000;

    private final transient PageTokens tokens;
    private final transient Application application;
    private final transient Connectors connectors;

    record TokenRequest(String user) {}

    record MessageRequest(String from, String to, String text) {}

    @Activate
    public TryServlet(
            @Reference PageTokens tokens, @Reference Application application, @Reference Connectors connectors) {
        this.tokens = tokens;
        this.application = application;
        this.connectors = connectors;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/try/token")) {
            token(request, response);
        } else {
            message(request, response);
        }
    }

    private void token(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = Json.read(request, TokenRequest.class)
                .map(TokenRequest::user)
                .filter(USERS::contains)
                .orElse("");
        if (user.isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_BAD_REQUEST, "There are tokens for alice and bob only.");
            return;
        }
        Optional<String> token = tokens.shipped(user, TOKEN_LIFETIME);
        Optional<String> url = connectors.webSocket(request);
        if (token.isEmpty()) {
            Answers.error(
                    response,
                    HttpServletResponse.SC_CONFLICT,
                    "The account " + user
                            + " does not work with the password that it ships with any more, so this page gets no token for it.");
        } else if (url.isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_CONFLICT, "No connector for WebSocket is open.");
        } else {
            Json.write(response, Map.of("user", user, "token", token.get(), "url", url.get()));
        }
    }

    private void message(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<MessageRequest> sent = Json.read(request, MessageRequest.class).filter(TryServlet::isMessage);
        if (sent.isEmpty()) {
            Answers.error(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "Write up to " + LONGEST_TEXT + " characters, from alice to bob or from bob to alice.");
            return;
        }
        try {
            application.publish(sent.get().from(), sent.get().to(), sent.get().text());
            Json.write(response, Map.of("queue", "/queue/user." + sent.get().to()));
        } catch (GatepostException e) {
            LOG.warn("a message of /try was not sent: {}", e.getMessage());
            Answers.error(
                    response,
                    HttpServletResponse.SC_BAD_GATEWAY,
                    "Gatepost did not take the message: " + e.getMessage());
        }
    }

    private static boolean isMessage(MessageRequest sent) {
        return sent.from() != null
                && sent.to() != null
                && USERS.contains(sent.from())
                && USERS.contains(sent.to())
                && !sent.from().equals(sent.to())
                && sent.text() != null
                && !sent.text().isBlank()
                && sent.text().length() <= LONGEST_TEXT;
    }
}
