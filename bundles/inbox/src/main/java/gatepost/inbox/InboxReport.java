package gatepost.inbox;

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
        List<ReaderReport> readers) {}
