package gatepost.inbox.shell;

import gatepost.inbox.InboxReport;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:inbox-purge}: drops what an inbox holds. */
@Service
@Command(
        scope = "gatepost",
        name = "inbox-purge",
        description = "Drops all that is in a user's inbox, for good; without --yes it only says what that is",
        detailedDescription = "classpath:inbox-purge.txt")
public final class InboxPurgeCommand extends InboxCommand {

    @Option(name = "--yes", description = "Do it")
    private boolean yes;

    @Override
    protected Optional<String> audited() {
        return yes ? Optional.of(place()) : Optional.empty();
    }

    @Override
    protected Answer answer() throws Exception {
        InboxReport inbox = yes ? inboxes().purge(user(), kind()) : inboxes().show(user(), kind());
        String what = Amounts.of(inbox);
        return Answer.of(
                yes
                        ? "Dropped: " + what
                        : "To be dropped: " + what + ". Nothing is dropped yet: run it again with --yes",
                Map.of(
                        "user",
                        user(),
                        "queue",
                        inbox.queue(),
                        "waiting",
                        inbox.waiting(),
                        "history",
                        inbox.history(),
                        "devices",
                        inbox.devices().size(),
                        "purged",
                        yes));
    }
}
