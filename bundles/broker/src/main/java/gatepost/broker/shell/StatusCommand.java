package gatepost.broker.shell;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.connector.ConnectorStatus;
import gatepost.broker.connector.Connectors;
import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code gatepost:status}: is it well, where does it listen, and was the last change of each configuration taken? */
@Service
@Command(scope = "gatepost", name = "status",
        description = "Shows the broker, its connectors, and what became of the last change of each configuration")
public final class StatusCommand implements Action {

    @Option(name = "--no-format", description = "Print without borders, for scripts")
    private boolean noFormat;

    @Reference
    private EmbeddedBroker broker;

    @Reference
    private Connectors connectors;

    @Reference
    private ConfigurationReports reports;

    @Override
    public Object execute() {
        String problem = broker.problem();
        System.out.println("Broker   " + (problem.isEmpty() ? "open" : "closed: " + problem));
        System.out.println("Plugins  " + String.join(", ", broker.plugins()));
        ShellTable table = new ShellTable();
        table.column("Connector");
        table.column("URI");
        table.column("State");
        table.column("Connections").alignRight();
        for (ConnectorStatus status : connectors.status()) {
            table.addRow().addContent(status.name(), status.uri(), status.open() ? "open" : "closed: " + status.problem(),
                    status.connections());
        }
        table.print(System.out, !noFormat);
        ShellTable changes = new ShellTable();
        changes.column("Configuration");
        changes.column("Last change");
        changes.column("Result");
        for (ConfigurationReport report : reports.all()) {
            changes.addRow().addContent(report.pid(), report.at().truncatedTo(ChronoUnit.SECONDS), result(report));
        }
        changes.print(System.out, !noFormat);
        return null;
    }

    private static String result(ConfigurationReport report) {
        if (report.taken()) {
            return report.note().isEmpty() ? "taken" : "taken: " + report.note();
        }
        return "refused: " + report.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
    }
}
