package gatepost.inbox.shell;

import gatepost.inbox.UserInboxes;
import gatepost.shell.AnsweringCommand;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about one inbox. */
abstract class InboxCommand extends AnsweringCommand {

    @Argument(index = 0, name = "user", required = true, description = "The exact name of the inbox's owner")
    @Completion(InboxUserCompleter.class)
    private String user;

    @Option(name = "--inbox", description = "Which of the user's inboxes, where there are several: NAME of inbox.NAME")
    @Completion(InboxKindCompleter.class)
    private String kind;

    @Reference
    private UserInboxes inboxes;

    final String user() {
        return user;
    }

    final Optional<String> kind() {
        return Optional.ofNullable(kind);
    }

    /** @return which inbox it is, for the audit log */
    final String place() {
        return kind == null ? user : user + " " + kind;
    }

    final UserInboxes inboxes() {
        return inboxes;
    }
}
