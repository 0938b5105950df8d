package gatepost.authorization.shell;

import gatepost.authorization.api.GateReview;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:acl-check}: may they, and which entry says so? */
@Service
@Command(
        scope = "gatepost",
        name = "acl-check",
        description = "Says whether a user may, and which entry decides",
        detailedDescription = "classpath:acl-check.txt")
public final class AclCheckCommand extends AnsweringCommand {

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
    protected Answer answer() {
        GateReview.Answer found = review.check(user, groups(), operation, destination);
        List<String> lines = new ArrayList<>();
        lines.add((found.allowed() ? "allowed" : "denied") + ": " + operation + " " + found.destination() + " for "
                + user + " in " + found.groups());
        lines.add(found.allowed() ? "decided by: " + found.entry() : "because: " + found.reason());
        found.speaking().forEach(entry -> lines.add("  " + entry));
        if (found.closed()) {
            lines.add("There is no entry map: everything is denied");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("allowed", found.allowed());
        object.put("destination", Listing.plain(found.destination()));
        object.put("groups", Listing.plain(found.groups()));
        object.put(
                found.allowed() ? "entry" : "reason", Listing.plain(found.allowed() ? found.entry() : found.reason()));
        object.put("speaking", Listing.plain(found.speaking()));
        object.put("closed", found.closed());
        return Answer.of(lines, object);
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
