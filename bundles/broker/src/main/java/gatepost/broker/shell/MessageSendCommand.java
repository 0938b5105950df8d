package gatepost.broker.shell;

import gatepost.broker.queue.Sender;
import gatepost.shell.AnsweringCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:message-send}: sends a message, whatever the entry map says. */
@Service
@Command(
        scope = "gatepost",
        name = "message-send",
        description = "Sends a message to a queue or a topic",
        detailedDescription = "classpath:message-send.txt")
public final class MessageSendCommand extends AnsweringCommand {

    @Argument(
            index = 0,
            name = "destination",
            required = true,
            description = "A queue's name, or queue://NAME, topic://NAME, /queue/NAME or /topic/NAME")
    @Completion(QueueCompleter.class)
    private String destination;

    @Argument(index = 1, name = "body", required = true, description = "The message's text")
    private String body;

    @Option(name = "--header", multiValued = true, description = "A header, NAME:VALUE; may be given several times")
    private List<String> headers = List.of();

    @Option(name = "--expires", description = "Milliseconds after which it is dropped if nobody has read it; 0: never")
    private long expires;

    @Option(name = "--not-persistent", description = "Keep it in memory only")
    private boolean notPersistent;

    @Reference
    private Sender sender;

    @Override
    protected Optional<String> audited() {
        return Optional.of(destination);
    }

    @Override
    protected Answer answer() throws Exception {
        if (expires < 0) {
            throw new IllegalArgumentException("--expires " + expires + ": expected milliseconds, 0 or more");
        }
        ActiveMQDestination to = destination();
        String id = sender.send(to, body, headers(), to.isQueue() && !notPersistent, expires);
        return Answer.of(
                "sent to " + to.getQualifiedName() + ": " + id,
                Map.of("destination", to.getQualifiedName(), "message", id));
    }

    private ActiveMQDestination destination() {
        String name = destination.replaceFirst("^/(queue|topic)/", "$1://");
        if (!name.matches("((queue|topic)://)?[^\\s\\p{Cntrl}/?]+")) {
            throw new IllegalArgumentException("the destination " + destination
                    + ": expected a queue's name, queue://NAME, " + "topic://NAME, /queue/NAME or /topic/NAME");
        }
        return ActiveMQDestination.createDestination(name, ActiveMQDestination.QUEUE_TYPE);
    }

    private Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("--header " + header + ": expected NAME:VALUE");
            }
            all.put(header.substring(0, colon), header.substring(colon + 1));
        }
        return all;
    }
}
