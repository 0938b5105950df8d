package gatepost.broker.shell;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.queue.MessageTraces;
import gatepost.contracts.MessageTrace.Delivery;
import gatepost.contracts.MessageTrace.Report;
import gatepost.contracts.MessageTrace.Told;
import gatepost.contracts.Printable;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.io.PrintStream;
import java.util.ArrayList;
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

/** {@code gatepost:message-trace}: why did alice not get it? */
@Service
@Command(
        scope = "gatepost",
        name = "message-trace",
        description = "Tells what happened to the last messages for a user, and when",
        detailedDescription = "classpath:message-trace.txt")
public final class MessageTraceCommand extends AnsweringCommand {

    @Argument(name = "user", required = true, description = "The user's exact name")
    @Completion(TracedUserCompleter.class)
    private String user;

    @Option(name = "--limit", description = "At most so many messages, the last ones")
    private int limit = 20;

    @Option(name = "--table", description = "Print a table in place of sentences")
    private boolean table;

    @Reference
    private EmbeddedBroker broker;

    @Reference
    private MessageTraces traces;

    @Override
    protected Answer answer() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit " + limit + ": expected 1 or more");
        }
        Report report = traces.of(user, limit);
        Listing list = listing(report);
        return new Answer() {
            @Override
            public void print(PrintStream out, boolean format) {
                if (table) {
                    list.print(out, format);
                } else {
                    sentences(report, out, format);
                }
            }

            @Override
            public Object object() {
                return objects(report, list);
            }
        };
    }

    private void sentences(Report report, PrintStream out, boolean format) {
        report.messages().forEach(message -> out.println(Printable.whole(message.sentence())));
        if (format && report.messages().isEmpty()) {
            out.println(Printable.of(nothing()));
        }
        if (format && report.more() > 0) {
            out.println(more(report));
        }
    }

    private String nothing() {
        return broker.trace().isOn()
                ? "Nothing is known of messages for " + user
                : "Messages are not traced: see trace.users in etc/gatepost.broker.cfg";
    }

    private static String more(Report report) {
        return report.more() + " more messages wait, and were not looked at";
    }

    private Listing listing(Report report) {
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
                .ifEmpty(nothing());
        for (Told story : report.messages()) {
            Optional<Delivery> last = story.deliveries().stream()
                    .reduce((one, other) -> other.sent().isBefore(one.sent()) ? one : other);
            list.row(
                    story.message(),
                    story.id(),
                    story.from(),
                    story.accepted(),
                    story.stored(),
                    last.map(Delivery::sent),
                    story.deliveries().stream().mapToInt(Delivery::times).sum(),
                    last.map(Delivery::session),
                    last.flatMap(Delivery::device),
                    last.map(Delivery::address).filter(address -> !address.isEmpty()),
                    story.outcome(),
                    story.at(),
                    story.waits().filter(reason -> !reason.isEmpty()));
        }
        return report.more() == 0 ? list : list.note(more(report));
    }

    /** The rows of the table, with what does not fit into one. */
    private static List<Map<String, Object>> objects(Report report, Listing list) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Map<String, Object> row : list.objects()) {
            Told story = report.messages().get(objects.size());
            Map<String, Object> object = new LinkedHashMap<>(row);
            object.put("audience", Listing.plain(story.audience()));
            object.put(
                    "deliveries",
                    story.deliveries().stream().map(MessageTraceCommand::object).toList());
            object.put("sentence", story.sentence());
            objects.add(object);
        }
        return objects;
    }

    private static Map<String, Object> object(Delivery delivery) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("session", delivery.session());
        object.put("user", Listing.plain(delivery.user()));
        object.put("address", delivery.address());
        object.put("device", Listing.plain(delivery.device()));
        object.put("sent", Listing.plain(delivery.sent()));
        object.put("times", delivery.times());
        object.put("outcome", Listing.plain(delivery.outcome()));
        object.put("at", Listing.plain(delivery.at()));
        return object;
    }
}
