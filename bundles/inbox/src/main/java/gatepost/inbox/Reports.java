package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.TraceContext;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.activemq.command.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what becomes of the messages of one inbox that have an offset. Any thread; reads a message from the disk where somebody wants to
 * hear of it and what its application said of it has to be found out.
 */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final String queue;
    private final String owner;
    private final Content content;
    private final Supplier<EventReports> events;

    /** What its application said of a message. */
    private record Said(Optional<String> id, Optional<TraceContext> trace) {

        static final Said NOTHING = new Said(Optional.empty(), Optional.empty());
    }

    /** @param events {@code null} from it while nobody wants to hear anything */
    Reports(String queue, String owner, Content content, Supplier<EventReports> events) {
        this.queue = queue;
        this.owner = owner;
        this.content = content;
        this.events = events;
    }

    /** @return what is to be written with what becomes of the message, and is to be told what came of that */
    EventReport about(EventType type, long offset, boolean refused) {
        EventReports now = events.get();
        if (now == null || !now.wants(type)) {
            return EventReport.NONE;
        }
        Said said = said(offset);
        Map<String, Object> more = new LinkedHashMap<>();
        said.trace().ifPresent(trace -> trace.addTo(more));
        if (refused) {
            more.put("refused", true);
        }
        return now.about(UserEvent.ofMessage(
                type, owner, queue, content.log().epoch(), offset, said.id(), System.currentTimeMillis(), more));
    }

    /**
     * Has something become of a message, and reports it together with that.
     *
     * @param change is given what is to be written with it; returns nothing when it did not happen
     * @return what that returned
     */
    Optional<Durability> change(
            EventType type, long offset, boolean refused, Function<List<Note>, Optional<Durability>> change) {
        EventReport report = about(type, offset, refused);
        Optional<Durability> stored = change.apply(report.notes());
        stored.ifPresentOrElse(when -> written(report, when), report::dropped);
        return stored;
    }

    /** What was reported is given to the journal. */
    void written(EventReport report, Durability stored) {
        report.written(queue, stored);
    }

    private Said said(long offset) {
        try {
            Message message = content.read(offset);
            return message == null
                    ? Said.NOTHING
                    : new Said(Optional.ofNullable(Names.text(message, InboxHeaders.ID)), Names.trace(message));
        } catch (IOException e) {
            LOG.warn("message {} of {} cannot be read: it is told of without what its sender said", offset, queue, e);
            return Said.NOTHING;
        }
    }
}
