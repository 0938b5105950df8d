package gatepost.routes.shell;

import gatepost.routes.RouteFileState;
import gatepost.routes.RouteName;
import gatepost.routes.Routes;
import gatepost.routes.camel.RouteState;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:route-list}: what runs, what it has done, and which files are refused. */
@Service
@Command(
        scope = "gatepost",
        name = "route-list",
        description = "Lists the routes of etc/routes, and the files that are refused",
        detailedDescription = "classpath:route-list.txt")
public final class RouteListCommand extends AnsweringCommand {

    @Reference
    private Routes routes;

    @Override
    protected Answer answer() {
        Listing list = new Listing("Route", "From", "State", "Completed", "Failed", "In flight", "Last error")
                .ifEmpty("There are no routes");
        Optional<Object> unknown = Optional.empty();
        for (RouteFileState file : routes.list()) {
            file.refusal()
                    .ifPresent(refusal -> list.row(file.name(), "", "Refused", unknown, unknown, unknown, refusal));
            for (RouteState route :
                    file.running().map(running -> running.routes()).orElse(List.of())) {
                list.row(
                        new RouteName(file.name(), route.id()),
                        route.from(),
                        route.state(),
                        route.completed(),
                        route.failed(),
                        route.inflight(),
                        route.error());
            }
        }
        return Answer.of(list);
    }
}
