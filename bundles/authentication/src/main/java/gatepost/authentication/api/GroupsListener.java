package gatepost.authentication.api;

import org.apache.activemq.broker.ConnectionContext;

/**
 * Register this as a service to be told when the groups of a live session have changed, so that what it may do can be
 * decided anew.
 */
public interface GroupsListener {

    /**
     * The users file was changed and {@code context.getSecurityContext()} already holds the new groups. Called on
     * authentication's own thread; must not block.
     */
    void groupsChanged(ConnectionContext context);
}
