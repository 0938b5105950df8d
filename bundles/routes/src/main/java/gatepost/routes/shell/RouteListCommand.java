package gatepost.routes.shell;

import gatepost.routes.RouteFileState;
import gatepost.routes.Routes;
import gatepost.routes.camel.RouteState;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code gatepost:route-list}: what runs, what it has done, and which files are refused. */
@Service
@Command(
        scope = "gatepost",
        name = "route-list",
        description = "Lists the routes of etc/routes, and the files that are refused")
public final class RouteListCommand implements Action {

    @Option(name = "--no-format", description = "Print without borders, for scripts")
    private boolean noFormat;

    @Reference
    private Routes routes;

    @Override
    public Object execute() {
        ShellTable table = new ShellTable().emptyTableText("There are no routes");
        for (String column :
                new String[] {"Route", "From", "State", "Completed", "Failed", "In flight", "Last error"}) {
            table.column(column);
        }
        for (RouteFileState file : routes.list()) {
            file.refusal()
                    .ifPresent(refusal -> table.addRow().addContent(file.name(), "", "Refused", "", "", "", refusal));
            for (RouteState route :
                    file.running().map(running -> running.routes()).orElse(List.of())) {
                table.addRow()
                        .addContent(
                                new RouteName(file.name(), route.id()),
                                route.from(),
                                route.state(),
                                route.completed(),
                                route.failed(),
                                route.inflight(),
                                route.error());
            }
        }
        table.print(System.out, !noFormat);
        return null;
    }
}
