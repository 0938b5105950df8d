package gatepost.console.routes;

import gatepost.console.session.Operator;
import gatepost.console.web.Aside;
import gatepost.console.web.Aside.Said;
import gatepost.console.web.Json;
import gatepost.console.web.Refused;
import gatepost.console.web.WebContext;
import gatepost.contracts.OperatorRoutes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code GET /api/routes}: the route files, and how their routes are doing. {@code POST /api/routes/start} and {@code stop}: what the shell's
 * {@code gatepost:route-start} and {@code gatepost:route-stop} do.
 */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/api/routes/*", WebContext.SELECT, WebContext.MAY_WAIT})
public final class RoutesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    /** A route that stops may have messages to finish first. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Said LATE = new Said(HttpServletResponse.SC_ACCEPTED, Map.of("done", false));

    private final transient OperatorRoutes routes;
    private final transient Aside looking = new Aside("gatepost-console-routes", 1, 32);
    private final transient Aside changing = new Aside("gatepost-console-routes-change", 4, 32);

    /** @param id of the route in its file */
    record Route(String file, String id) {}

    @Activate
    public RoutesServlet(@Reference OperatorRoutes routes) {
        this.routes = routes;
    }

    @Deactivate
    void deactivate() {
        looking.close();
        changing.close();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        boolean known = request.getPathInfo() == null;
        looking.answer(request, response, PATIENCE, LATE, () -> {
            if (!known) {
                throw nothing();
            }
            return Said.of(Map.of("files", routes.files()));
        });
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        Operator operator = Operator.of(request);
        String what = String.valueOf(request.getPathInfo());
        Route route = Json.read(request, Route.class).orElse(new Route(null, null));
        changing.answer(request, response, PATIENCE, LATE, () -> change(operator, what, route));
    }

    private Said change(Operator operator, String what, Route route) throws Refused {
        boolean start = what.equals("/start");
        if (!start && !what.equals("/stop")) {
            throw nothing();
        }
        if (route.file() == null || route.id() == null) {
            throw new Refused(HttpServletResponse.SC_BAD_REQUEST, "Name a file and the id of a route in it.");
        }
        String action = start ? "route-start" : "route-stop";
        String on = route.file() + "/" + route.id();
        try {
            if (start) {
                routes.start(route.file(), route.id());
            } else {
                routes.stop(route.file(), route.id());
            }
        } catch (IllegalArgumentException e) {
            throw refused(operator, action, on, HttpServletResponse.SC_NOT_FOUND, e);
        } catch (OperatorRoutes.Failed e) {
            throw refused(operator, action, on, HttpServletResponse.SC_CONFLICT, e);
        }
        operator.did(action, on);
        return Said.of(Map.of("done", true));
    }

    private static Refused refused(Operator operator, String action, String on, int status, Exception why) {
        operator.didNot(action, on, String.valueOf(why.getMessage()));
        return new Refused(status, on + ": " + why.getMessage() + ".");
    }

    private static Refused nothing() {
        return new Refused(HttpServletResponse.SC_NOT_FOUND, "There is nothing here.");
    }
}
