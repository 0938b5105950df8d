package gatepost.routes.shell;

import gatepost.routes.Routes;
import org.apache.karaf.shell.api.action.Action;
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
        description = "Stops a route, after the messages that it has begun, until it is started or its file changes")
public final class RouteStopCommand implements Action {

    @Argument(name = "route", required = true, description = "The route, FILE/ID, as route-list shows it")
    @Completion(RouteCompleter.class)
    private String route;

    @Reference
    private Routes routes;

    @Override
    public Object execute() throws Exception {
        RouteName name = RouteName.of(route);
        name.in(routes).stop(name.id());
        return null;
    }
}
