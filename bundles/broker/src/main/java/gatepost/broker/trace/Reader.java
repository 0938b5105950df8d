package gatepost.broker.trace;

import gatepost.contracts.InboxConsumer;
import java.util.Optional;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;

/**
 * A subscription that a message was sent to, and where that was. One for each subscription: the trace keeps it for longer than that lives.
 * Equal where the subscription is the same. Immutable.
 */
public final class Reader {

    private final ConsumerId id;
    private final String address;
    private final String device;

    private Reader(ConsumerId id, String address, String device) {
        this.id = id;
        this.address = address;
        this.device = device;
    }

    static Reader of(ConnectionContext context, ConsumerInfo info) {
        Connection connection = context.getConnection();
        return new Reader(
                info.getConsumerId(),
                connection == null ? null : connection.getRemoteAddress(),
                info instanceof InboxConsumer consumer ? consumer.device().orElse(null) : null);
    }

    /** @return one of which nothing else is known any more */
    static Reader of(ConsumerId id) {
        return new Reader(id, null, null);
    }

    /** @return as {@code gatepost:session-list} names it */
    public String session() {
        return id.getConnectionId();
    }

    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** @return the name under which an inbox remembers how far it has come */
    public Optional<String> device() {
        return Optional.ofNullable(device);
    }

    /** @return whether it is that subscription */
    public boolean is(ConsumerId subscription) {
        return id.equals(subscription);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reader reader && id.equals(reader.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
