package gatepost.routes.shell;

import gatepost.routes.Routes;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:route-start}. */
@Service
@Command(scope = "gatepost", name = "route-start", description = "Starts a route that was stopped")
public final class RouteStartCommand implements Action {

    @Argument(name = "route", required = true, description = "The route, FILE/ID, as route-list shows it")
    @Completion(RouteCompleter.class)
    private String route;

    @Reference
    private Routes routes;

    @Override
    public Object execute() throws Exception {
        RouteName name = RouteName.of(route);
        name.in(routes).start(name.id());
        return null;
    }
}
