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

/** {@code gatepost:route-stop}. */
@Service
@Command(
        scope = "gatepost",
        name = "route-stop",
        description = "Stops a route, after the messages that it has begun, until it is started or its file changes",
        detailedDescription = "classpath:route-stop.txt")
public final class RouteStopCommand extends AnsweringCommand {

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
        name.in(routes).stop(name.id());
        return Answer.of(route + " is stopped", Map.of("route", route, "state", "stopped"));
    }
}
