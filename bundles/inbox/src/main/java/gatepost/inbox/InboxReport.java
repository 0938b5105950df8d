package gatepost.inbox;

import gatepost.metrics.view.InboxView.DeviceRow;
import gatepost.metrics.view.InboxView.InboxRow;
import gatepost.metrics.view.InboxView.ReaderRow;
import java.util.List;

/**
 * How one inbox is doing.
 *
 * @param kind which of its user's inboxes
 * @param loaded whether the broker had it in memory before it was looked at
 * @param waiting messages that are not done
 * @param history messages that are done and kept
 * @param historyBytes that those take on the disk
 * @param head the highest offset that was given
 * @param seen the offset up to which the owner has seen everything
 * @param unseen messages above that
 * @param unread messages that the owner has neither read nor archived
 */
public record InboxReport(
        String user,
        String kind,
        String queue,
        boolean loaded,
        long waiting,
        int history,
        long historyBytes,
        String epoch,
        long head,
        long seen,
        int unseen,
        int unread,
        List<DeviceReport> devices,
        List<ReaderReport> readers) {

    /** @return what of it the console shows */
    InboxRow row() {
        return new InboxRow(
                kind,
                queue,
                waiting,
                history,
                historyBytes,
                epoch,
                head,
                seen,
                unseen,
                unread,
                devices.stream()
                        .map(device -> new DeviceRow(
                                device.account(),
                                device.name(),
                                device.upTo(),
                                device.above(),
                                device.used(),
                                device.connected()))
                        .toList(),
                readers.stream()
                        .map(reader -> new ReaderRow(
                                reader.session(),
                                reader.account(),
                                reader.what(),
                                reader.device(),
                                reader.unacknowledged(),
                                reader.position()))
                        .toList());
    }
}
