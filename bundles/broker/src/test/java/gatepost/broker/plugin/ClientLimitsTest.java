package gatepost.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Principal;
import java.util.Set;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.EmptyBroker;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.security.SecurityContext;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {

    private final ClientLimits limits = new ClientLimits(new EmptyBroker());

    @Test
    void aUserMayHaveSoManyConnectionsAndOthersNotice() throws Exception {
        limits.limit(2, 0);
        connect("alice", "1");
        connect("alice", "2");
        SecurityException refusal = assertThrows(SecurityException.class, () -> connect("alice", "3"));
        assertTrue(
                refusal.getMessage().contains("alice") && refusal.getMessage().contains("2"), refusal.getMessage());
        connect("bob", "4");
        limits.removeConnection(context("alice"), info("1"), null);
        connect("alice", "5");
        assertThrows(SecurityException.class, () -> connect("alice", "6"));
    }

    @Test
    void aLimitThatIsRaisedHoldsAtOnce() throws Exception {
        limits.limit(1, 0);
        connect("alice", "1");
        assertThrows(SecurityException.class, () -> connect("alice", "2"));
        limits.limit(0, 0);
        connect("alice", "3");
    }

    @Test
    void aConnectionThatIsRemovedTwiceCountsOnce() throws Exception {
        limits.limit(1, 0);
        connect("alice", "1");
        limits.removeConnection(context("alice"), info("1"), null);
        limits.removeConnection(context("alice"), info("1"), null);
        connect("alice", "2");
        assertThrows(SecurityException.class, () -> connect("alice", "3"));
    }

    @Test
    void aQueuedMessageGetsItsTimeToLiveUnlessItHasOne() throws Exception {
        limits.limit(0, 60_000);
        long before = System.currentTimeMillis();
        assertTrue(expiration(new ActiveMQQueue("q"), 0) >= before + 60_000);
        assertEquals(5, expiration(new ActiveMQQueue("q"), 5));
        assertEquals(0, expiration(new ActiveMQTopic("t"), 0));
        limits.limit(0, 0);
        assertEquals(0, expiration(new ActiveMQQueue("q"), 0));
    }

    private long expiration(ActiveMQDestination destination, long own) throws Exception {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(destination);
        message.setExpiration(own);
        limits.send(new ProducerBrokerExchange(), message);
        return message.getExpiration();
    }

    private void connect(String user, String id) throws Exception {
        limits.addConnection(context(user), info(id));
    }

    private static ConnectionContext context(String user) {
        ConnectionContext context = new ConnectionContext();
        context.setSecurityContext(new SecurityContext(user) {
            @Override
            public Set<Principal> getPrincipals() {
                return Set.of();
            }
        });
        return context;
    }

    private static ConnectionInfo info(String id) {
        return new ConnectionInfo(new ConnectionId(id));
    }
}
