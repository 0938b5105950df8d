package gatepost.inbox.shell;

import gatepost.inbox.InboxReport;
import gatepost.inbox.UserInboxes;
import gatepost.inbox.UserInboxes.Erasure;
import gatepost.shell.AnsweringCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:user-erase}: forgets a user's inboxes, and ends their sessions. */
@Service
@Command(
        scope = "gatepost",
        name = "user-erase",
        description =
                "Closes a user's sessions, forgets their inboxes and takes them out of audiences, for good; without --yes it only says what that is",
        detailedDescription = "classpath:user-erase.txt")
public final class UserEraseCommand extends AnsweringCommand {

    private static final String STAYS =
            "Not erased: their durable subscriptions, and what is in other queues and in the logs: see --help";

    @Argument(name = "user", required = true, description = "The user's exact name")
    @Completion(InboxUserCompleter.class)
    private String user;

    @Option(name = "--yes", description = "Do it")
    private boolean yes;

    @Reference
    private UserInboxes inboxes;

    @Override
    protected Optional<String> audited() {
        return yes ? Optional.of(user) : Optional.empty();
    }

    @Override
    protected Answer answer() throws Exception {
        Erasure erasure = yes ? inboxes.erase(user) : inboxes.remembered(user);
        StringBuilder text = new StringBuilder(yes ? "Erased:" : "To be erased:");
        for (InboxReport inbox : erasure.inboxes()) {
            text.append(' ')
                    .append(inbox.queue())
                    .append(" with ")
                    .append(Amounts.of(inbox))
                    .append(';');
        }
        text.append(' ').append(audiences(erasure)).append(sessions(erasure)).append(". ");
        if (!erasure.left().isEmpty()) {
            text.append("In use by others, and empty: ")
                    .append(String.join(", ", erasure.left()))
                    .append(". ");
        }
        text.append(yes ? STAYS : "Nothing is erased yet: run it again with --yes");
        return Answer.of(text.toString(), object(erasure));
    }

    private static String audiences(Erasure erasure) {
        int count = erasure.audiences().size();
        return count == 0 ? "" : "member of " + Amounts.of(count, "audience", "audiences") + "; ";
    }

    private String sessions(Erasure erasure) {
        if (erasure.sessions().isEmpty()) {
            return "no session can be closed without gatepost-authorization";
        }
        int count = erasure.sessions().getAsInt();
        return yes
                ? Amounts.of(count, "session is closed", "sessions are closed")
                : Amounts.of(count, "session is open", "sessions are open");
    }

    private Map<String, Object> object(Erasure erasure) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("user", user);
        object.put("erased", yes);
        object.put("inboxes", erasure.inboxes().stream().map(InboxReport::queue).toList());
        object.put(
                "waiting",
                erasure.inboxes().stream().mapToLong(InboxReport::waiting).sum());
        object.put(
                "history",
                erasure.inboxes().stream().mapToLong(InboxReport::history).sum());
        object.put(
                "devices",
                erasure.inboxes().stream()
                        .mapToLong(inbox -> inbox.devices().size())
                        .sum());
        object.put(
                "sessions",
                erasure.sessions().isEmpty() ? null : erasure.sessions().getAsInt());
        object.put("inUse", erasure.left());
        object.put("audiences", List.copyOf(erasure.audiences()));
        return object;
    }
}
