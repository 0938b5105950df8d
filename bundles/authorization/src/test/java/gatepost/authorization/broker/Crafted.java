package gatepost.authorization.broker;

import java.time.Instant;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.SessionId;

/** Commands as no STOMP client could send them, but another protocol's or a faulty transport might. */
public final class Crafted {

    private Crafted() {}

    static ConsumerInfo consumer(ConnectionContext context, ActiveMQDestination destination) {
        ConsumerInfo info = new ConsumerInfo(new ConsumerId(new SessionId(context.getConnectionId(), 1), 77));
        info.setDestination(destination);
        info.setPrefetchSize(1);
        return info;
    }

    public static ConnectionContext context(String connectionId, String user, String groups) {
        return context(connectionId, user, groups, Instant.now());
    }

    static ConnectionContext context(String connectionId, String user, String groups, Instant since) {
        ConnectionContext context = new ConnectionContext();
        context.setConnectionId(new ConnectionId(connectionId));
        context.setSecurityContext(TestBroker.signedIn(user, groups, since));
        context.setClientId(user + "/id");
        return context;
    }
}
