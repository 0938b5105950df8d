package gatepost.routes.shell;

import gatepost.routes.RouteName;
import gatepost.routes.Routes;
import gatepost.shell.AnsweringCommand;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:route-start}. */
@Service
@Command(
        scope = "gatepost",
        name = "route-start",
        description = "Starts a route that was stopped",
        detailedDescription = "classpath:route-start.txt")
public final class RouteStartCommand extends AnsweringCommand {

    @Argument(name = "route", required = true, description = "The route, FILE/ID, as route-list shows it")
    @Completion(RouteCompleter.class)
    private String route;

    @Reference
    private Routes routes;

    @Override
    protected Optional<String> audited() {
        return Optional.of(route);
    }

    @Override
    protected Answer answer() throws Exception {
        RouteName name = RouteName.of(route);
        name.in(routes).start(name.id());
        return Answer.of(route + " is started", Map.of("route", route, "state", "started"));
    }
}
