package gatepost.console.session;

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
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Stands before everything under {@code /api/}: it is for those who are signed in, and whatever is no GET is for administrators only.
 * What a servlet changes it therefore changes in answer to a POST or DELETE, never to a GET. A servlet finds who asks in {@link Operator}.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/api/*",
            WebContext.SELECT,
            WebContext.WHEN_IT_COMES,
            WebContext.WHEN_IT_GOES_ON
        })
public final class OperatorsOnly extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    /** These POSTs give out a token that is worth what the operator's role is, and change nothing. */
    private static final Set<String> TOKENS = Set.of("/api/live", "/api/access");

    private final transient Operators operators;

    @Activate
    public OperatorsOnly(@Reference Operators operators) {
        this.operators = operators;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Operators.SignedIn> signedIn = SessionCookie.of(request).flatMap(operators::use);
        if (signedIn.isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_UNAUTHORIZED, "Nobody is signed in.");
            return;
        }
        Operator operator = new Operator(signedIn.get().user(), signedIn.get().role(), Origin.address(request));
        String method = request.getMethod();
        String path = request.getRequestURI();
        boolean changesNothing = READING.contains(method) || method.equals("POST") && TOKENS.contains(path);
        if (operator.isAdministrator() || changesNothing) {
            operator.attach(request);
            chain.doFilter(request, response);
        } else {
            operator.didNot(method, path, "a viewer changes nothing");
            Answers.error(response, HttpServletResponse.SC_FORBIDDEN, "A viewer changes nothing.");
        }
    }
}
