package gatepost.inbox.shell;

import gatepost.inbox.UserInboxes.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:inbox-done}: makes messages done that wait. */
@Service
@Command(
        scope = "gatepost",
        name = "inbox-done",
        description = "Makes waiting messages of an inbox done, as if their owner had acknowledged them",
        detailedDescription = "classpath:inbox-done.txt")
public final class InboxDoneCommand extends InboxCommand {

    @Argument(index = 1, name = "offset", multiValued = true, description = "The offsets of the messages")
    private List<String> offsets;

    @Option(name = "--up-to", description = "All that wait up to this offset, itself included")
    private String upTo;

    @Option(name = "--all", description = "All that wait")
    private boolean all;

    @Override
    protected Optional<String> audited() {
        return Optional.of(place());
    }

    @Override
    protected Answer answer() throws Exception {
        boolean some = offsets != null && !offsets.isEmpty();
        if ((some ? 1 : 0) + (upTo == null ? 0 : 1) + (all ? 1 : 0) != 1) {
            throw new IllegalArgumentException("expected one of these: offsets, --up-to OFFSET, --all");
        }
        Settled settled = settle();
        String others = settled.others().isEmpty()
                ? ""
                : "; not waiting: "
                        + String.join(
                                ", ",
                                settled.others().stream().map(String::valueOf).toList());
        return Answer.of(
                Amounts.of(settled.done().size(), "message is done", "messages are done") + others,
                Map.of("user", user(), "done", settled.done(), "notWaiting", settled.others()));
    }

    private Settled settle() throws Exception {
        if (all) {
            return inboxes().doneAll(user(), kind());
        }
        if (upTo != null) {
            return inboxes().doneUpTo(user(), kind(), offset("--up-to", upTo));
        }
        List<Long> numbers = new ArrayList<>();
        for (String text : offsets) {
            numbers.add(offset("offset", text));
        }
        return inboxes().done(user(), kind(), numbers);
    }

    private static long offset(String what, String text) {
        try {
            long offset = Long.parseLong(text);
            if (offset > 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(what + " " + text + ": expected a number of 1 or more");
    }
}
