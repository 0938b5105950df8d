package gatepost.contracts.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.Reach;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.store.MessageStore;
import org.apache.activemq.thread.TaskRunnerFactory;

/** What the region of queues gives to an inbox. Any thread. */
public interface Room {

    /** Hands a message on to the inbox. */
    @FunctionalInterface
    interface Next {

        void send() throws Exception;
    }

    BrokerService service();

    ActiveMQQueue name();

    /** @return what is stored of it */
    MessageLog log();

    /** @return the same as ActiveMQ knows it */
    MessageStore store();

    /** @return whether a message is or was in the store that has expired by now, in milliseconds since 1970 */
    boolean mayHoldExpired(long now);

    /** The inbox is unloaded: from now on nothing is removed from its store. */
    void detach();

    DestinationStatistics statistics();

    TaskRunnerFactory tasks();

    /** Hands a message on if whoever sent it may leave it here. @throws gatepost.contracts.QuotaReached before it is handed on */
    void admit(ConnectionContext context, Message message, Next next) throws Exception;

    /**
     * Puts one message into many inboxes, each of which gets it as its own: one body, on the disk and in memory, and one record, all or
     * nothing after a crash. An inbox that is not loaded is not loaded for it; one that nobody has heard of is made. What is full is skipped.
     *
     * <p>Takes milliseconds for thousands of inboxes, on the thread that calls; does not wait for the disk.
     *
     * @param message persistent, not part of a transaction, with its expiration; not to be changed any more
     * @param inboxes each of them once
     * @param along asked once, when all inboxes have it: what is remembered of this one, in the same record
     * @return safe when the message is on the disk; says the {@link gatepost.contracts.Reach}
     * @throws IOException when nothing can be taken; then no inbox has it
     */
    Durability spread(Message message, Collection<ActiveMQQueue> inboxes, Function<Reach, List<Note>> along)
            throws IOException;

    /** Reads the names of all queues of the broker, those that are in the store only included, each once. */
    void queues(Consumer<ActiveMQQueue> reader);

    /** A message that is not in the store is in the inbox, until it is {@link #released}. */
    void held(Message message);

    /** A message that is not in the store is gone. */
    void released(Message message);

    /** @return whether more waits than may, so that the oldest go */
    boolean isOverfull();

    /** One of the oldest has gone for that. */
    void dropped(Message message);

    /** @return whether somebody remembers what happens to its messages, so that it is worth the while to find out which one it is */
    boolean isTraced();

    /**
     * A message that waited does so no more; for whoever remembers what happens to messages. Never waits.
     *
     * @param reader the subscription whose client has asked for that, where it is known
     */
    void takenAway(MessageId message, TakenAway how, Optional<ConsumerId> reader);

    /** Sends a message that came to an inbox which is just being unloaded to what takes its place. */
    void resend(ProducerBrokerExchange exchange, Message message) throws Exception;

    /** @return whether an inbox without readers that nothing has happened to since that time, in milliseconds since 1970, may be unloaded */
    boolean mayUnload(long idleSince);

    /** An inbox has closed itself, to be unloaded by who asked it whether it may be. */
    void unloading(LoadedInbox inbox);

    /**
     * Has the broker and the store forget an inbox, if nothing is in it or remembered of it. Not to be called while a message is sent to it.
     *
     * @return false when somebody reads it, or something is in it
     */
    boolean forget(LoadedInbox inbox) throws Exception;

    /** @return milliseconds after which what may have expired is looked for again, 0 for never */
    long expiryCheck();
}
