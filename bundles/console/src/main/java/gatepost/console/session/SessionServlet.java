package gatepost.console.session;

import gatepost.console.Console;
import gatepost.console.web.Answers;
import gatepost.console.web.Json;
import gatepost.console.web.WebContext;
import gatepost.contracts.Printable;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /session}: GET says who is signed in, POST signs in, DELETE signs out. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/session", WebContext.SELECT, WebContext.MAY_WAIT})
public final class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SessionServlet.class);
    private static final int LONGEST = 1024;

    private final transient Console console;
    private final transient Administrators administrators;
    private final transient AdministratorLogin login = new AdministratorLogin();
    private final transient SignInThrottle throttle = new SignInThrottle(InstantSource.system());

    /** What the sign-in form says. */
    record Credentials(String user, String password) {}

    @Activate
    public SessionServlet(@Reference Console console, @Reference Administrators administrators) {
        this.console = console;
        this.administrators = administrators;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> user = SessionCookie.of(request).flatMap(administrators::use);
        Json.write(response, Map.of("user", user.orElse("")));
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
            Answers.error(
                    response,
                    Answers.SC_TOO_MANY_REQUESTS,
                    "Too many failed attempts. Try again in " + (seconds == 1 ? "a second." : seconds + " seconds."));
        } else if (login.accepts(user, sent.get().password())) {
            throttle.succeeded(user);
            SessionCookie.of(request).ifPresent(administrators::close);
            SessionCookie.set(request, response, administrators.open(user));
            LOG.info("{} signed in to the console", Printable.of(user));
            Json.write(response, Map.of("user", user));
        } else {
            throttle.failed(user);
            LOG.warn("a sign-in to the console as {} was refused", Printable.of(user));
            Answers.error(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "That is not the name and password of an administrator.");
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SessionCookie.of(request).ifPresent(administrators::close);
        SessionCookie.clear(request, response);
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
