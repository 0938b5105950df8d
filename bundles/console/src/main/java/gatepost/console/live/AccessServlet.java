package gatepost.console.live;

import gatepost.authentication.api.PageTokens;
import gatepost.console.session.Operator;
import gatepost.console.web.Answers;
import gatepost.console.web.Connectors;
import gatepost.console.web.Json;
import gatepost.console.web.WebContext;
import gatepost.contracts.OperatorAccount;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code POST /api/access}: where the pages call Gatepost over HTTP, and a token of some minutes to do so. It is for an account that names
 * the operator, in the group that the operator's role stands for; what that may, the entry map says.
 */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/access", WebContext.SELECT, WebContext.MAY_WAIT})
public final class AccessServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

    private final transient PageTokens tokens;
    private final transient Connectors connectors;

    /** @param expiresIn seconds */
    record Access(String url, String token, long expiresIn) {}

    @Activate
    public AccessServlet(@Reference PageTokens tokens, @Reference Connectors connectors) {
        this.tokens = tokens;
        this.connectors = connectors;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Operator operator = Operator.of(request);
        String group = operator.isAdministrator() ? OperatorAccount.ADMIN : OperatorAccount.VIEWER;
        Optional<String> url = connectors.calls(request);
        Optional<String> token = tokens.operator(OperatorAccount.name(group, operator.user()), TOKEN_LIFETIME);
        if (url.isEmpty()) {
            Answers.error(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "No connector takes calls over HTTP: see http.path.");
        } else if (token.isEmpty()) {
            Answers.error(
                    response,
                    HttpServletResponse.SC_CONFLICT,
                    "Your name has a character that no user of Gatepost can have, so the console cannot call for you.");
        } else {
            Json.write(response, new Access(url.get(), token.get(), TOKEN_LIFETIME.toSeconds()));
        }
    }
}
