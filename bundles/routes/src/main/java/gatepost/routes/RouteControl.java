package gatepost.routes;

import gatepost.contracts.OperatorRoutes;
import gatepost.routes.camel.FileContext;
import gatepost.routes.camel.RouteFault;
import gatepost.routes.camel.RouteState;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What others see of the routes, and may do to them. */
@Component
public final class RouteControl implements OperatorRoutes {

    private final Routes routes;

    @Activate
    public RouteControl(@Reference Routes routes) {
        this.routes = routes;
    }

    @Override
    public List<File> files() {
        return routes.list().stream().map(RouteControl::file).toList();
    }

    @Override
    public void start(String file, String id) throws Failed {
        FileContext context = new RouteName(file, id).in(routes);
        try {
            context.start(id);
        } catch (RouteFault e) {
            throw new Failed(e.getMessage(), e);
        }
    }

    @Override
    public void stop(String file, String id) throws Failed {
        FileContext context = new RouteName(file, id).in(routes);
        try {
            context.stop(id);
        } catch (RouteFault e) {
            throw new Failed(e.getMessage(), e);
        }
    }

    private static File file(RouteFileState state) {
        List<RouteState> running = state.running().map(FileContext::routes).orElse(List.of());
        return new File(
                state.name(),
                state.refusal().orElse(""),
                running.stream().map(RouteControl::route).toList());
    }

    private static Route route(RouteState state) {
        return new Route(
                state.id(),
                state.from(),
                state.state(),
                state.completed(),
                state.failed(),
                state.inflight(),
                state.error());
    }
}
