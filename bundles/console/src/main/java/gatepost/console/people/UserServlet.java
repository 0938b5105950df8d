package gatepost.console.people;

import gatepost.console.people.KnownPeople.Person;
import gatepost.console.session.Operator;
import gatepost.console.web.Answers;
import gatepost.console.web.Asked;
import gatepost.console.web.Json;
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

/** {@code GET /api/user?name=}: all that is known of a user but for what is in messages. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/user", WebContext.SELECT, WebContext.MAY_WAIT})
public final class UserServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient KnownPeople people;
    private final transient UserFile files;

    record Answer(
            Person person,
            List<String> groups,
            List<UserFile.Session> sessions,
            List<UserFile.Inbox> inboxes,
            List<UserFile.Revoked> revocations) {}

    @Activate
    public UserServlet(@Reference KnownPeople people, @Reference UserFile files) {
        this.people = people;
        this.files = files;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Operator.of(request);
        String name = Asked.text(request, "name");
        if (name.isEmpty()) {
            Answers.error(response, HttpServletResponse.SC_BAD_REQUEST, "Name a user.");
            return;
        }
        try {
            Json.write(
                    response,
                    new Answer(
                            people.person(name),
                            files.groups(name),
                            files.sessions(name),
                            files.inboxes(name),
                            files.revocations(name)));
        } catch (Exception e) {
            Answers.error(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    Answers.sentence(String.valueOf(e.getMessage())));
        }
    }
}
