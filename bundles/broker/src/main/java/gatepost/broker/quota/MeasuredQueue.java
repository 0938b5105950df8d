package gatepost.broker.quota;

/** A queue that knows how much is in it. Any thread. */
public interface MeasuredQueue {

    long keptMessages();

    long keptBytes();

    /** @return how many of its messages that user sent */
    long keptMessages(String user);

    /** @return how much of it that user sent */
    long keptBytes(String user);
}
