package gatepost.console.people;

import gatepost.console.session.Operator;
import gatepost.console.web.Asked;
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

/** {@code GET /api/users?search=&after=}: users whose names have that in them, on line or not, in the order of their names. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/users", WebContext.SELECT, WebContext.MAY_WAIT})
public final class UsersServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;

    private final transient KnownPeople people;

    @Activate
    public UsersServlet(@Reference KnownPeople people) {
        this.people = people;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Operator.of(request);
        Json.write(response, people.find(Asked.text(request, "search"), Asked.text(request, "after"), PAGE));
    }
}
