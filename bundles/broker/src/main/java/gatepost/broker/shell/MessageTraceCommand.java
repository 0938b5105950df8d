package gatepost.broker.shell;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.queue.Queues;
import gatepost.broker.queue.Waiting;
import gatepost.broker.trace.MessageStory;
import gatepost.broker.trace.Reader;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:message-trace}: why did alice not get it? */
@Service
@Command(
        scope = "gatepost",
        name = "message-trace",
        description = "Shows what happened to the last messages for a user, and when",
        detailedDescription = "classpath:message-trace.txt")
public final class MessageTraceCommand extends AnsweringCommand {

    @Argument(name = "user", required = true, description = "The user's exact name")
    @Completion(TracedUserCompleter.class)
    private String user;

    @Option(name = "--limit", description = "At most so many messages, the last ones")
    private int limit = 20;

    @Reference
    private EmbeddedBroker broker;

    @Reference
    private Queues queues;

    @Override
    protected Answer answer() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        List<MessageStory> all = broker.trace().of(user);
        Optional<Waiting> waiting = queues.waiting(broker.trace().queue(user), user);
        Listing list = new Listing(
                        "Message",
                        "Id",
                        "From",
                        "Accepted",
                        "Stored",
                        "Sent",
                        "Times",
                        "Session",
                        "Device",
                        "Address",
                        "Outcome",
                        "At",
                        "Waits")
                .ifEmpty(
                        broker.trace().isOn()
                                ? "Nothing is known of messages for " + user
                                : "Messages are not traced: see trace.users in etc/gatepost.broker.cfg");
        for (MessageStory story : all.subList(Math.max(0, all.size() - limit), all.size())) {
            list.row(
                    story.message(),
                    story.id(),
                    story.from(),
                    story.accepted(),
                    story.stored(),
                    story.sent(),
                    story.times(),
                    story.reader().map(Reader::session),
                    story.reader().flatMap(Reader::device),
                    story.reader().flatMap(Reader::address),
                    story.outcome(),
                    story.ended(),
                    waiting.flatMap(now -> now.reason(story)));
        }
        long more = waiting.map(Waiting::more).orElse(0L);
        return Answer.of(more == 0 ? list : list.note(more + " more messages wait, and were not looked at"));
    }
}
