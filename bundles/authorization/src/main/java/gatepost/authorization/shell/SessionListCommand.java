package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.broker.Session;
import gatepost.authorization.engine.User;
import java.time.temporal.ChronoUnit;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code gatepost:session-list}: who is there, and subscribed to what. */
@Service
@Command(scope = "gatepost", name = "session-list", description = "Lists the clients that are signed in")
public final class SessionListCommand implements Action {

    @Option(name = "--no-format", description = "Print without borders, for scripts")
    private boolean noFormat;

    @Reference
    private Authorization authorization;

    @Override
    public Object execute() {
        ShellTable table = new ShellTable().emptyTableText("Nobody is signed in");
        for (String column : new String[] {"Session", "User", "Groups", "Client id", "Address", "Since", "Subscriptions"}) {
            table.column(column);
        }
        for (Session session : authorization.sessions()) {
            table.addRow().addContent(session.id(), user(session),
                    session.user().map(User::groups).map(groups -> String.join(",", groups)).orElse(""), session.clientId(),
                    session.address(), session.since().truncatedTo(ChronoUnit.SECONDS),
                    String.join(" ", session.destinations()));
        }
        table.print(System.out, !noFormat);
        return null;
    }

    /** A name is a client's own choice where tokens are minted from outside: nothing of it reaches the terminal raw. */
    static String user(Session session) {
        return session.user().map(User::name).map(SessionListCommand::printable).orElse("");
    }

    private static String printable(String name) {
        return name.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
