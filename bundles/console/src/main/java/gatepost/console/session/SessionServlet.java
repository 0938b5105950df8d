package gatepost.console.session;

import gatepost.console.Console;
import gatepost.console.web.Answers;
import gatepost.console.web.Json;
import gatepost.console.web.Origin;
import gatepost.console.web.WebContext;
import gatepost.contracts.OperatorAudit;
import gatepost.contracts.Printable;
import gatepost.metrics.CountedLines;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /session}: GET says who is signed in, and with which role; POST signs in, DELETE signs out. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/session", WebContext.SELECT, WebContext.MAY_WAIT})
public final class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SessionServlet.class);
    private static final Logger AUDIT = LoggerFactory.getLogger(OperatorAudit.LOGGER);
    private static final String SIGN_IN = "sign-in";
    private static final int LONGEST = 1024;

    private final transient Console console;
    private final transient Operators operators;
    private final transient OperatorLogin login = new OperatorLogin();
    private final transient CountedLines refusals =
            new CountedLines("event=\"operator\" outcome=\"refused\" way=\"console\" action=\"sign-in\"", AUDIT::warn);
    private final transient SignInThrottle throttle = new SignInThrottle(InstantSource.system());

    /** What the sign-in form says. */
    record Credentials(String user, String password) {}

    @Activate
    public SessionServlet(@Reference Console console, @Reference Operators operators) {
        this.console = console;
        this.operators = operators;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Operators.SignedIn> signedIn = SessionCookie.of(request).flatMap(operators::use);
        if (signedIn.isPresent()) {
            answer(response, signedIn.get().user(), signedIn.get().role());
        } else {
            nobody(response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Credentials> sent = Json.read(request, Credentials.class).filter(SessionServlet::isComplete);
        if (sent.isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_BAD_REQUEST, "Type a name and a password.");
            return;
        }
        String user = sent.get().user();
        Duration wait = throttle.wait(user, console.settings().throttle());
        if (!wait.isZero()) {
            long seconds = wait.toSeconds() + 1;
            response.setHeader("Retry-After", Long.toString(seconds));
            refused(request, user, "too many failed attempts");
            Answers.error(
                    response,
                    Answers.SC_TOO_MANY_REQUESTS,
                    "Too many failed attempts. Try again in " + (seconds == 1 ? "a second." : seconds + " seconds."));
            return;
        }
        Optional<Role> role = login.role(user, sent.get().password());
        if (role.isPresent()) {
            throttle.succeeded(user);
            SessionCookie.of(request).ifPresent(operators::close);
            SessionCookie.set(request, response, operators.open(user, role.get()));
            LOG.info(
                    "{} signed in to the console as {}",
                    Printable.of(user),
                    role.get().word());
            OperatorAudit.done(operator(request, user), SIGN_IN, role.get().word());
            answer(response, user, role.get());
        } else {
            throttle.failed(user);
            refused(request, user, "not the name and password of an administrator or a viewer");
            LOG.warn("a sign-in to the console as {} was refused", Printable.of(user));
            Answers.error(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "That is not the name and password of an administrator or a viewer.");
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SessionCookie.of(request).ifPresent(session -> {
            operators
                    .use(session)
                    .ifPresent(signedIn -> OperatorAudit.done(
                            operator(request, signedIn.user()),
                            "sign-out",
                            signedIn.role().word()));
            operators.close(session);
        });
        SessionCookie.clear(request, response);
        nobody(response);
    }

    /** Strangers can be refused as often as they like. */
    private void refused(HttpServletRequest request, String user, String reason) {
        refusals.write(
                "address=" + Printable.quoted(Origin.address(request)),
                "user=" + Printable.quoted(user),
                OperatorAudit.refusal(operator(request, user), SIGN_IN, "", reason));
    }

    private static OperatorAudit.Operator operator(HttpServletRequest request, String user) {
        return Operator.forAudit(user, Origin.address(request));
    }

    private static void answer(HttpServletResponse response, String user, Role role) throws IOException {
        Json.write(response, new TreeMap<>(Map.of("user", user, "role", role.word())));
    }

    private static void nobody(HttpServletResponse response) throws IOException {
        Json.write(response, Map.of("user", ""));
    }

    private static boolean isComplete(Credentials sent) {
        return sent.user() != null
                && !sent.user().isBlank()
                && sent.user().length() <= LONGEST
                && sent.password() != null
                && !sent.password().isEmpty()
                && sent.password().length() <= LONGEST;
    }
}
