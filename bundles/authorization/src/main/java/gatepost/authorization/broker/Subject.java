package gatepost.authorization.broker;

import gatepost.authorization.engine.User;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.jaas.GroupPrincipal;
import org.apache.activemq.security.SecurityContext;

/**
 * Who asks, and over which connection.
 *
 * @param user the name and the groups that authentication found, as they are at this moment
 * @param connectionId the broker's id of the connection, which begins the names of its temporary destinations
 */
record Subject(User user, String connectionId) {

    /** @return who asks; empty where nobody has signed in */
    static Optional<Subject> of(ConnectionContext context) {
        SecurityContext security = context.getSecurityContext();
        if (security == null || security.getUserName() == null) {
            return Optional.empty();
        }
        List<String> groups = new ArrayList<>();
        for (Principal principal : security.getPrincipals()) {
            if (principal instanceof GroupPrincipal) {
                groups.add(principal.getName());
            }
        }
        String connection = context.getConnectionId() == null
                ? ""
                : context.getConnectionId().getValue();
        return Optional.of(new Subject(new User(security.getUserName(), groups), connection));
    }

    /**
     * Whether the broker acts on its own account: sending to the dead letter queue, firing advisories, expiring messages,
     * removing idle queues, restoring what the store holds. ActiveMQ gives those calls a context with the broker's own
     * security context and no connection. A context that belongs to a connection is a client's whatever else it claims.
     */
    static boolean isBroker(ConnectionContext context) {
        return context.getConnection() == null
                && context.getSecurityContext() != null
                && context.getSecurityContext().isBrokerContext();
    }

    /** Whether a temporary destination of this name was made by this connection (ActiveMQ names it CONNECTION:NUMBER). */
    boolean made(String temporaryName) {
        int colon = temporaryName.lastIndexOf(':');
        return colon > 0
                && !connectionId.isEmpty()
                && temporaryName.substring(0, colon).equals(connectionId)
                && temporaryName.substring(colon + 1).matches("[0-9]+");
    }
}
