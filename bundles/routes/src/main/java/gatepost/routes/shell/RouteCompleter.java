package gatepost.routes.shell;

import gatepost.routes.RouteName;
import gatepost.routes.Routes;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** The names of the routes. */
@Service
public final class RouteCompleter implements Completer {

    @Reference
    private Routes routes;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(RouteName.all(routes)).complete(session, line, candidates);
    }
}
