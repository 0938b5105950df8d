package gatepost.contracts;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.ActiveMQQueue;

/**
 * What a client asks of an inbox that is no message for it. It goes through the broker's plugins as one, so that the gate judges it by
 * its destination, and the inbox takes it out there; it comes to no queue. All on the connection's thread.
 *
 * <p>What it changed is safe once the {@link Durability} is that the inbox leaves with its id, if it leaves one.
 */
public final class InboxRequest extends ActiveMQMessage {

    /** What is asked. */
    public enum Kind {
        /** All up to an offset was seen. */
        SEEN,
        READ,
        UNREAD,
        ARCHIVE,
        /** The owner has done with a message, or with all up to one. */
        DONE,
        /** A message is taken back by who sent it, or by an administrator of the inbox. */
        WITHDRAW,
        /** What is in it is looked at, and stays as it is. */
        PAGE;

        /** @return whether it needs {@code read}; what does not needs {@code write} */
        public boolean isReading() {
            return this != WITHDRAW;
        }

        /** @return whether the owner alone may ask it */
        public boolean isOwners() {
            return this != WITHDRAW && this != PAGE;
        }
    }

    private final Kind kind;
    private final OptionalLong offset;
    private final OptionalLong upTo;
    private final Optional<String> epoch;
    private final Optional<String> id;
    private Optional<String> device = Optional.empty();
    private int limit;
    private boolean newestFirst;
    private InboxPage page;
    private boolean administrator;
    private boolean settled;

    private InboxRequest(
            ActiveMQQueue inbox,
            Kind kind,
            OptionalLong offset,
            OptionalLong upTo,
            Optional<String> epoch,
            Optional<String> id) {
        setDestination(inbox);
        setPersistent(false);
        this.kind = kind;
        this.offset = offset;
        this.upTo = upTo;
        this.epoch = epoch;
        this.id = id;
    }

    /**
     * A change of what was seen or read.
     *
     * @param offset of one message, or nothing
     * @param upTo of the last message of which it holds, or nothing; one of both is there, for {@link Kind#SEEN} this one
     * @param epoch in which the offset was given; another one changes nothing
     */
    public static InboxRequest mark(
            ActiveMQQueue inbox, Kind kind, OptionalLong offset, OptionalLong upTo, Optional<String> epoch) {
        return new InboxRequest(inbox, kind, offset, upTo, epoch, Optional.empty());
    }

    /**
     * What has been done with.
     *
     * @param offset of one message, or nothing
     * @param upTo of the last message of which it holds, or nothing; one of both is there
     * @param epoch in which the offset was given; another one changes nothing
     * @param device of the owner that has done with it, if it has a name
     */
    public static InboxRequest done(
            ActiveMQQueue inbox, OptionalLong offset, OptionalLong upTo, String epoch, Optional<String> device) {
        InboxRequest request = new InboxRequest(inbox, Kind.DONE, offset, upTo, Optional.of(epoch), Optional.empty());
        request.device = device;
        return request;
    }

    /** @param id under which the message was sent */
    public static InboxRequest withdrawal(ActiveMQQueue inbox, String id) {
        return new InboxRequest(
                inbox, Kind.WITHDRAW, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.of(id));
    }

    /**
     * A look at messages of the log.
     *
     * @param behind those behind that offset, in the order that is asked for; nothing for all
     * @param limit so many at most, 0 for none; there may be fewer, since all together should not be too large
     */
    public static InboxRequest page(ActiveMQQueue inbox, OptionalLong behind, int limit, boolean newestFirst) {
        InboxRequest request =
                new InboxRequest(inbox, Kind.PAGE, behind, OptionalLong.empty(), Optional.empty(), Optional.empty());
        request.limit = limit;
        request.newestFirst = newestFirst;
        return request;
    }

    public Kind kind() {
        return kind;
    }

    public OptionalLong offset() {
        return offset;
    }

    public OptionalLong upTo() {
        return upTo;
    }

    public Optional<String> epoch() {
        return epoch;
    }

    public Optional<String> id() {
        return id;
    }

    /** @return which device has done with it */
    public Optional<String> device() {
        return device;
    }

    /** @return messages of a page at most */
    public int limit() {
        return limit;
    }

    /** @return whether a page goes from the newest message to older ones */
    public boolean isNewestFirst() {
        return newestFirst;
    }

    /** The inbox says what was asked for. */
    public void answer(InboxPage found) {
        page = found;
    }

    /** @return what the inbox has said to {@link Kind#PAGE} */
    public InboxPage page() {
        return page;
    }

    /** The gate says that whoever asks may administer the inbox. */
    public void byAdministrator() {
        administrator = true;
    }

    /** @return whether the gate has said so */
    public boolean isByAdministrator() {
        return administrator;
    }

    /** The inbox says that something has come of it. */
    public void settled() {
        settled = true;
    }

    /** @return whether anything has come of it */
    public boolean isSettled() {
        return settled;
    }
}
