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
        /** A message is taken back by who sent it, or by an administrator of the inbox. */
        WITHDRAW;

        /** @return whether the owner alone may ask it, who needs {@code read}; whoever sends needs {@code write} */
        public boolean isOwners() {
            return this != WITHDRAW;
        }
    }

    private final Kind kind;
    private final OptionalLong offset;
    private final OptionalLong upTo;
    private final Optional<String> epoch;
    private final Optional<String> id;
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

    /** @param id under which the message was sent */
    public static InboxRequest withdrawal(ActiveMQQueue inbox, String id) {
        return new InboxRequest(
                inbox, Kind.WITHDRAW, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.of(id));
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
