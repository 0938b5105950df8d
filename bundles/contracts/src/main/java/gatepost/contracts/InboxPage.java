package gatepost.contracts;

import java.util.List;
import org.apache.activemq.command.Message;

/**
 * What is in an inbox at one moment, or a part of it.
 *
 * @param epoch empty for an inbox to which nothing was ever sent
 * @param head the highest offset that was given
 * @param lost the highest offset that limits or a crash have taken; 0 for none
 * @param seen up to there the owner has seen everything
 * @param unseen messages above that
 * @param unread messages that are neither read nor archived
 * @param waiting messages that are not done
 * @param messages in the order that was asked for
 * @param more whether there are more behind the last of them
 */
public record InboxPage(
        String epoch,
        long head,
        long lost,
        long seen,
        long unseen,
        long unread,
        long waiting,
        List<Stored> messages,
        boolean more) {

    /** Of an inbox that nobody has made. */
    public static final InboxPage NOTHING = new InboxPage("", 0, 0, 0, 0, 0, 0, List.of(), false);

    public InboxPage {
        messages = List.copyOf(messages);
    }

    /**
     * A message of the log, waiting or done.
     *
     * @param state what is true of it, such as {@code done,read}; empty for nothing
     * @param replaces the offset of the message in whose place it came; 0 for none
     */
    public record Stored(long offset, Message message, String state, long replaces) {}
}
