package gatepost.authorization.shell;

import gatepost.authorization.api.GateReview;
import gatepost.authorization.api.GateReview.Answer;
import java.util.Arrays;
import java.util.Collection;
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

    @Argument(
            index = 2,
            name = "destination",
            required = true,
            description = "queue://NAME, topic://NAME, /queue/NAME or /topic/NAME")
    @Completion(DestinationCompleter.class)
    private String destination;

    @Option(
            name = "--groups",
            description = "The user's groups, separated by commas; by default those of the user's sessions, "
                    + "or else those in the users file")
    private String groups;

    @Reference
    private GateReview review;

    @Override
    public Object execute() {
        Answer answer = review.check(user, groups(), operation, destination);
        System.out.println((answer.allowed() ? "allowed" : "denied") + ": " + operation + " " + answer.destination()
                + " for " + user + " in " + answer.groups());
        System.out.println(answer.allowed() ? "decided by: " + answer.entry() : "because: " + answer.reason());
        answer.speaking().forEach(entry -> System.out.println("  " + entry));
        if (answer.closed()) {
            System.out.println("There is no entry map: everything is denied");
        }
        return null;
    }

    private Collection<String> groups() {
        if (groups != null) {
            return Arrays.stream(groups.split(","))
                    .map(String::strip)
                    .filter(group -> !group.isEmpty())
                    .toList();
        }
        try {
            return review.groupsOf(user);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ": give --groups", e);
        }
    }
}
