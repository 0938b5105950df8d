package gatepost.broker.plugin;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.security.SecurityContext;

/**
 * Limits that hold over all connectors: how many connections a user may have, once the plugins have said who it is, and how
 * long a queued message may wait. Both may change while the broker runs.
 */
public final class ClientLimits extends BrokerFilter {

    /** Of the names that authentication keeps for Gatepost's own accounts. */
    private static final String OWN_PREFIX = "gatepost-";

    private final ConcurrentMap<ConnectionId, String> users = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> connections = new ConcurrentHashMap<>();
    private volatile int connectionsPerUser;
    private volatile long timeToLive;

    public ClientLimits(Broker next) {
        super(next);
    }

    /**
     * @param connectionsPerUser at most so many, 0 for no limit
     * @param timeToLive milliseconds for a message to a queue that names no expiry, 0 for no limit
     */
    public void limit(int connectionsPerUser, long timeToLive) {
        this.connectionsPerUser = connectionsPerUser;
        this.timeToLive = timeToLive;
    }

    /** @return how many users have a connection, Gatepost's own accounts aside */
    public int users() {
        return (int) connections.keySet().stream()
                .filter(user -> !user.startsWith(OWN_PREFIX))
                .count();
    }

    @Override
    public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
        super.addConnection(context, info);
        // the login of the CONNECT frame may be empty where a token says who it is
        SecurityContext security = context.getSecurityContext();
        String user = String.valueOf(security == null ? context.getUserName() : security.getUserName());
        int count = connections.merge(user, 1, Integer::sum);
        users.put(info.getConnectionId(), user);
        int limit = connectionsPerUser;
        if (limit > 0 && count > limit) {
            SecurityException refusal =
                    new SecurityException("too many connections: user " + user + " may have " + limit + " at a time");
            removeConnection(context, info, refusal);
            throw refusal;
        }
    }

    @Override
    public void removeConnection(ConnectionContext context, ConnectionInfo info, Throwable error) throws Exception {
        String user = users.remove(info.getConnectionId());
        if (user != null) {
            connections.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
        }
        super.removeConnection(context, info, error);
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        long wait = timeToLive;
        if (wait > 0 && message.getExpiration() == 0 && message.getDestination().isQueue()) {
            message.setExpiration(System.currentTimeMillis() + wait);
        }
        super.send(exchange, message);
    }
}
