package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.AuthorizationSettings;
import gatepost.authorization.broker.SessionSubscriptions;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.review.MapDifference;
import gatepost.configuration.ConfigurationFile;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code gatepost:acl-diff}: what a changed file would do, before it is applied. */
@Service
@Command(
        scope = "gatepost",
        name = "acl-diff",
        description = "Shows what a changed gatepost.authorization.cfg would do, and which live sessions it would cut",
        detailedDescription = "classpath:acl-diff.txt")
public final class AclDiffCommand extends AnsweringCommand {

    @Argument(name = "file", required = true, description = "The changed file, anywhere but in etc")
    @Completion(FileCompleter.class)
    private String file;

    @Reference
    private Authorization authorization;

    @Override
    protected Answer answer() throws IOException {
        EntryMap changed;
        try {
            changed = read();
        } catch (ConfigurationProblems e) {
            List<String> problems = e.problems().stream()
                    .map(problem -> new Problem(file, problem.key(), problem.value(), problem.reason()).toString())
                    .toList();
            List<String> lines = new ArrayList<>();
            lines.add("It would be refused, and the map in force would stay:");
            problems.forEach(problem -> lines.add("  " + problem));
            return Answer.of(lines, Map.of("refused", problems));
        }
        Listing entries = entries(MapDifference.between(authorization.map(), changed));
        Listing sessions = sessions(changed);
        return new Answer() {
            @Override
            public void print(PrintStream out, boolean format) {
                entries.print(out, format);
                sessions.print(out, format);
            }

            @Override
            public Object object() {
                return Map.of("entries", entries.objects(), "sessions", sessions.objects());
            }
        };
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

    private static Listing entries(List<MapDifference.Change> changes) {
        Listing list = new Listing("Change", "Entry", "Now", "Then").ifEmpty("No entry would change");
        changes.forEach(change -> list.row(change.kind(), change.entry(), change.before(), change.after()));
        return list;
    }

    private Listing sessions(EntryMap changed) {
        Listing list = new Listing("Cut session", "User", "Address", "No longer allowed to read")
                .ifEmpty("No session would be cut");
        for (SessionSubscriptions session : authorization.sessions()) {
            List<String> denied = session.deniedBy(changed);
            if (!denied.isEmpty()) {
                list.row(session.id(), SessionListCommand.user(session), session.address(), denied);
            }
        }
        return list;
    }
}
