package gatepost.broker.trace;

import gatepost.contracts.Account;
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
    private final String user;
    private final boolean doneByRequest;
    private final boolean browsing;

    private Reader(ConsumerId id, String address, String device, String user, boolean doneByRequest, boolean browsing) {
        this.id = id;
        this.address = address;
        this.device = device;
        this.user = user;
        this.doneByRequest = doneByRequest;
        this.browsing = browsing;
    }

    static Reader of(ConnectionContext context, ConsumerInfo info) {
        Connection connection = context.getConnection();
        InboxConsumer consumer = info instanceof InboxConsumer known ? known : null;
        return new Reader(
                info.getConsumerId(),
                connection == null ? null : connection.getRemoteAddress(),
                consumer == null ? null : consumer.device().orElse(null),
                Account.of(context).map(Account::user).orElse(null),
                consumer != null && consumer.isDoneByRequest(),
                info.isBrowser());
    }

    /** @return one of which nothing else is known any more */
    static Reader of(ConsumerId id) {
        return new Reader(id, null, null, null, false, false);
    }

    /** @return as {@code gatepost:session-list} names it */
    public String session() {
        return id.getConnectionId();
    }

    /** @return where it connected from, as a URI */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** @return the name under which an inbox remembers how far it has come */
    public Optional<String> device() {
        return Optional.ofNullable(device);
    }

    /** @return whose it is */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** @return false only where it is known to be another's, or only looks */
    boolean isOf(String owner) {
        return !browsing && (user == null || user.equals(owner));
    }

    /** @return whether its acknowledgements say that a socket has taken a message, and no more */
    public boolean isDoneByRequest() {
        return doneByRequest;
    }

    /** @return whether it only looks, and takes nothing away */
    public boolean isBrowsing() {
        return browsing;
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
