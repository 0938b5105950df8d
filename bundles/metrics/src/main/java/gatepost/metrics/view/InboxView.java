package gatepost.metrics.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A service of the bundle that has the inboxes. It says nothing of what is in a message. Any thread but an event loop: it may read the disk. */
public interface InboxView {

    /** @return the names of those who have an inbox, in order; there may be a hundred thousand */
    Set<String> users();

    /**
     * @return the inboxes of a user, loaded to be looked at; none is made
     * @throws Exception when the broker is not there, or an inbox could not be loaded
     */
    List<InboxRow> of(String user) throws Exception;

    /**
     * An inbox.
     *
     * @param kind which of its user's inboxes
     * @param waiting messages that are not done
     * @param history messages that are done and kept
     * @param historyBytes that those take on the disk
     * @param head the highest offset that was given
     * @param seen the offset up to which the owner has seen everything
     * @param unseen messages above that
     * @param unread messages that the owner has neither read nor archived
     */
    record InboxRow(
            String kind,
            String queue,
            long waiting,
            int history,
            long historyBytes,
            String epoch,
            long head,
            long seen,
            int unseen,
            int unread,
            List<DeviceRow> devices,
            List<ReaderRow> readers) {}

    /**
     * How far a device has come.
     *
     * @param account whose device it is, who need not be the owner
     * @param upTo the offset up to which it has acknowledged everything
     * @param above how many it has acknowledged above that
     * @param used when it was last there
     */
    record DeviceRow(String account, String name, long upTo, int above, Instant used, boolean connected) {}

    /**
     * A subscription.
     *
     * @param session as {@link SessionView} has it
     * @param what whether it {@code reads}, {@code browses}, or {@code watches} the state
     * @param unacknowledged messages that it has got and not acknowledged
     * @param position of the last that it has got or passed over; nothing for none
     */
    record ReaderRow(
            String session,
            String account,
            String what,
            Optional<String> device,
            int unacknowledged,
            Optional<Long> position) {}
}
