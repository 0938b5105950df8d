package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.activemq.command.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what becomes of the messages of one inbox that have an offset. Any thread; reads a message from the disk where somebody wants to
 * hear of it and its application's name for it has to be found out.
 */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final String queue;
    private final String owner;
    private final Content content;
    private final Supplier<EventReports> events;

    /** @param events {@code null} from it while nobody wants to hear anything */
    Reports(String queue, String owner, Content content, Supplier<EventReports> events) {
        this.queue = queue;
        this.owner = owner;
        this.content = content;
        this.events = events;
    }

    /** @return what is to be written with what becomes of the message; to be handed to {@link #became} */
    EventReport about(EventType type, long offset, boolean refused) {
        EventReports now = events.get();
        if (now == null || !now.wants(type)) {
            return EventReport.NONE;
        }
        String epoch = content.log().epoch();
        Map<String, Object> facts = facts(queue, epoch, offset, id(offset));
        if (refused) {
            facts.put("refused", true);
        }
        return now.about(new UserEvent(type, owner, epoch + "." + offset, System.currentTimeMillis(), facts));
    }

    /** Tells what became of it. @param stored when it happened; nothing when it did not. @return the same */
    Optional<Durability> became(EventReport report, Optional<Durability> stored) {
        stored.ifPresentOrElse(when -> report.written(queue, when), report::dropped);
        return stored;
    }

    /** @return what there is to be said of a message, by its names in JSON */
    static Map<String, Object> facts(String queue, String epoch, long offset, Optional<String> id) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("destination", "/queue/" + queue);
        facts.put("epoch", epoch);
        facts.put("offset", offset);
        id.ifPresent(name -> facts.put("id", name));
        return facts;
    }

    private Optional<String> id(long offset) {
        try {
            Message message = content.read(offset);
            return message == null ? Optional.empty() : Optional.ofNullable(Names.text(message, InboxHeaders.ID));
        } catch (IOException e) {
            LOG.warn("message {} of {} cannot be read: it is told of without its id", offset, queue, e);
            return Optional.empty();
        }
    }
}
