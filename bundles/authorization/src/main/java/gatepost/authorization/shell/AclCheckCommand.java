package gatepost.authorization.shell;

import gatepost.authorization.Authorization;
import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import gatepost.authorization.review.Explanation;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:acl-check}: may they, and which entry says so? */
@Service
@Command(scope = "gatepost", name = "acl-check", description = "Says whether a user may, and which entry decides")
public final class AclCheckCommand implements Action {

    @Argument(index = 0, name = "user", required = true, description = "The user's exact name")
    @Completion(UserCompleter.class)
    private String user;

    @Argument(index = 1, name = "operation", required = true, description = "read, write or admin")
    @Completion(OperationCompleter.class)
    private String operation;

    @Argument(index = 2, name = "destination", required = true,
            description = "queue://NAME, topic://NAME, /queue/NAME or /topic/NAME")
    @Completion(DestinationCompleter.class)
    private String destination;

    @Option(name = "--groups", description = "The user's groups, separated by commas; by default those of the user's sessions, "
            + "or else those in the users file")
    private String groups;

    @Reference
    private Authorization authorization;

    /** Authentication's: a user's groups as the users file has them, or {@code null} for a user that it does not know. */
    @Reference(optional = true, filter = "(gatepost.groups=users)")
    private Function<String, Collection<String>> usersFile;

    @Override
    public Object execute() {
        Operation asked = Operation.of(operation).orElseThrow(() ->
                new IllegalArgumentException("expected read, write or admin, not " + operation));
        User who = new User(user, groups());
        Explanation explanation = Explanation.of(authorization.map(), who, asked, destination);
        Decision decision = explanation.decision();
        System.out.println((decision.allowed() ? "allowed" : "denied") + ": " + asked.word() + " " + explanation.destination()
                + " for " + user + " in " + who.groups());
        System.out.println(decision.allowed() ? "decided by: " + decision.entry() : "because: " + decision.reason());
        for (Entry entry : explanation.entries()) {
            System.out.println("  " + entry.name() + " = " + entry.pattern() + " " + entry.grants());
        }
        if (authorization.map() == EntryMap.CLOSED) {
            System.out.println("There is no entry map: everything is denied");
        }
        return null;
    }

    private Collection<String> groups() {
        if (groups != null) {
            return Arrays.stream(groups.split(",")).map(String::strip).filter(group -> !group.isEmpty()).toList();
        }
        List<User> live = authorization.sessions().stream().flatMap(session -> session.user().stream())
                .filter(session -> session.name().equals(user)).toList();
        if (!live.isEmpty()) {
            return live.stream().flatMap(session -> session.groups().stream()).distinct().toList();
        }
        return Optional.ofNullable(usersFile).map(file -> file.apply(user)).orElseThrow(() -> new IllegalArgumentException(
                "the groups of " + user + " are not known, as they have no session: give --groups"));
    }
}
