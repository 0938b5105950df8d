package gatepost.broker.region;

import org.apache.activemq.broker.region.MessageReference;

/**
 * Messages that no reader of a queue wanted, in their order. They are looked through from the first to the last; a new one comes behind
 * them. Not safe for use by several threads.
 */
interface PassedOver {

    /** @return whether it is of the kind that is kept here */
    boolean takes(MessageReference message);

    /**
     * Adds one that comes after all others, with the caller's reference to it; call it only when all those were looked at.
     *
     * @return false if there is no room for it
     */
    boolean add(MessageReference message);

    /** @return how many there are, looked at or not */
    int size();

    /** Some are looked at now. */
    void begin();

    /** Begins again with the first one. */
    void rewind();

    /** @return whether there is one that was not looked at */
    boolean hasNext();

    /** @return the next one, and a reference to it; {@code null} when it is gone, and was removed */
    MessageReference current();

    /** The current one stays here, and was looked at. @return false if there is no room for it any more, so that it was removed */
    boolean pass();

    /** The current one goes. */
    void remove();

    /** No more are looked at now. */
    void end();

    /** The queue reads everything from the store again. */
    void reread();

    /** The queue closes. */
    void close();
}
