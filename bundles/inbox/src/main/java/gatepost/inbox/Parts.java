package gatepost.inbox;

import gatepost.contracts.events.EventReports;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Room;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.activemq.broker.region.DestinationStatistics;

/**
 * What one inbox is made of; each owns a piece of its state.
 *
 * @param owner whose acknowledgements count
 */
record Parts(
        String owner,
        Content content,
        History history,
        Counts counts,
        Readers readers,
        HadBefore had,
        Devices devices,
        Identities identities,
        Watchers watchers,
        ReadState read,
        Reports reports,
        InboxTotals totals) {

    /** @throws IOException when what is remembered of it cannot be read */
    static Parts of(
            Room room,
            DestinationStatistics statistics,
            String owner,
            Supplier<InboxSettings> settings,
            Supplier<EventReports> events,
            InboxTotals totals)
            throws IOException {
        Content content = new Content(room);
        MessageLog log = content.log();
        Map<String, byte[]> notes = log.notes();
        Watchers watchers = new Watchers();
        Readers readers = new Readers();
        return new Parts(
                owner,
                content,
                new History(log, () -> settings.get().history(), readers::losesDone),
                new Counts(statistics, content),
                readers,
                new HadBefore(),
                new Devices(log, () -> settings.get().devices(), notes),
                new Identities(log, () -> settings.get().idWindow(), room.tasks(), notes),
                watchers,
                new ReadState(log, watchers, notes),
                new Reports(room.name().getPhysicalName(), owner, content, events),
                totals);
    }
}
