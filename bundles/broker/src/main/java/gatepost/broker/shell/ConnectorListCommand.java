package gatepost.broker.shell;

import gatepost.broker.connector.ConnectorStatus;
import gatepost.broker.connector.Connectors;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:connector-list}: where Gatepost listens. */
@Service
@Command(
        scope = "gatepost",
        name = "connector-list",
        description = "Lists the connectors",
        detailedDescription = "classpath:connector-list.txt")
public final class ConnectorListCommand extends AnsweringCommand {

    @Reference
    private Connectors connectors;

    @Override
    protected Answer answer() {
        return Answer.of(list(connectors));
    }

    static Listing list(Connectors connectors) {
        Listing list = new Listing("Connector", "URI", "State", "Problem", "Connections")
                .ifEmpty("There is no connector: etc/gatepost.connector-NAME.cfg makes one");
        for (ConnectorStatus status : connectors.status()) {
            list.row(
                    status.name(),
                    status.uri(),
                    status.open() ? "open" : "closed",
                    status.problem(),
                    status.connections());
        }
        return list;
    }
}
