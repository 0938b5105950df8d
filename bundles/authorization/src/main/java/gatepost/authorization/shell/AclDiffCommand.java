package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.AuthorizationSettings;
import gatepost.authorization.broker.SessionSubscriptions;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.review.MapDifference;
import gatepost.configuration.ConfigurationFile;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code gatepost:acl-diff}: what a changed file would do, before it is applied. */
@Service
@Command(
        scope = "gatepost",
        name = "acl-diff",
        description = "Shows what a changed gatepost.authorization.cfg would do, and which live sessions it would cut")
public final class AclDiffCommand implements Action {

    @Argument(name = "file", required = true, description = "The changed file, anywhere but in etc")
    @Completion(FileCompleter.class)
    private String file;

    @Option(name = "--no-format", description = "Print without borders, for scripts")
    private boolean noFormat;

    @Reference
    private Authorization authorization;

    @Override
    public Object execute() throws IOException {
        EntryMap changed;
        try {
            changed = read();
        } catch (ConfigurationProblems e) {
            System.out.println("It would be refused, and the map in force would stay:");
            e.problems()
                    .forEach(problem -> System.out.println(
                            "  " + new Problem(file, problem.key(), problem.value(), problem.reason())));
            return null;
        }
        entries(MapDifference.between(authorization.map(), changed));
        sessions(changed);
        return null;
    }

    private EntryMap read() throws IOException, ConfigurationProblems {
        ConfigurationFile content = ConfigurationFile.read(Path.of(file));
        List<Problem> problems = new ArrayList<>(content.problems());
        try {
            EntryMap map = AuthorizationSettings.of(content.values(), Set.of()).map();
            if (problems.isEmpty()) {
                return map;
            }
        } catch (ConfigurationProblems e) {
            problems.addAll(e.problems());
        }
        throw new ConfigurationProblems(problems);
    }

    private void entries(List<MapDifference.Change> changes) {
        ShellTable table = new ShellTable().emptyTableText("No entry would change");
        for (String column : new String[] {"Change", "Entry", "Now", "Then"}) {
            table.column(column);
        }
        changes.forEach(
                change -> table.addRow().addContent(change.kind(), change.entry(), change.before(), change.after()));
        table.print(System.out, !noFormat);
    }

    private void sessions(EntryMap changed) {
        ShellTable table = new ShellTable().emptyTableText("No session would be cut");
        for (String column : new String[] {"Cut session", "User", "Address", "No longer allowed to read"}) {
            table.column(column);
        }
        for (SessionSubscriptions session : authorization.sessions()) {
            List<String> denied = session.deniedBy(changed);
            if (!denied.isEmpty()) {
                table.addRow()
                        .addContent(
                                session.id(),
                                SessionListCommand.user(session),
                                session.address(),
                                String.join(" ", denied));
            }
        }
        table.print(System.out, !noFormat);
    }
}
