package gatepost.inbox.shell;

import gatepost.inbox.InboxReport;
import gatepost.inbox.UserInboxes;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:inbox-list}: whose inbox holds what, and who reads it. */
@Service
@Command(
        scope = "gatepost",
        name = "inbox-list",
        description = "Lists inboxes, by the names of their users",
        detailedDescription = "classpath:inbox-list.txt")
public final class InboxListCommand extends AnsweringCommand {

    @Argument(name = "users", description = "Names of users to list: '*' stands for any number of characters")
    @Completion(InboxUserCompleter.class)
    private String pattern = "*";

    @Option(name = "--limit", description = "At most so many rows")
    private int limit = 50;

    @Reference
    private UserInboxes inboxes;

    @Override
    protected Answer answer() throws Exception {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        UserInboxes.Selection selection = inboxes.list(pattern, limit);
        Listing list = new Listing(
                        "User", "Inbox", "Waiting", "History", "Unread", "Unseen", "Readers", "Devices", "Loaded")
                .ifEmpty("There is no such inbox");
        for (InboxReport inbox : selection.inboxes()) {
            list.row(
                    inbox.user(),
                    inbox.kind(),
                    inbox.waiting(),
                    inbox.history(),
                    inbox.unread(),
                    inbox.unseen(),
                    inbox.readers().size(),
                    inbox.devices().size(),
                    inbox.loaded());
        }
        int more = selection.matching() - selection.inboxes().size();
        return Answer.of(more == 0 ? list : list.note("and " + more + " more: see --limit"));
    }
}
