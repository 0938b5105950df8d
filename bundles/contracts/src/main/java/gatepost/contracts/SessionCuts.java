package gatepost.contracts;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.TransportConnection;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.Message;
import org.apache.activemq.security.MessageAuthorizationPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts sessions, for whoever decides that one must not go on. A session that is cut gets no further message, then an ERROR that says why,
 * and is gone {@value #GRACE_MILLIS} ms later whether or not its client reads. Nothing that it sends is served once the transport has
 * the ERROR. A session is cut once, whichever bundle comes first: the connection's context, which all share, says whether it is.
 * Safe for use by several threads.
 */
public final class SessionCuts {

    /** So long a client has to take its ERROR frame, milliseconds; then its connection is closed over its head. */
    public static final long GRACE_MILLIS = 600;

    private static final Logger LOG = LoggerFactory.getLogger(SessionCuts.class);
    /** One for all, since one session may be cut by two bundles at the same time. */
    private static final Object ONCE = new Object();

    private final ScheduledExecutorService closing;

    /** @param closing closes what is still there after the grace; on a thread of its own, for what {@link #begin} returns might block its thread */
    public SessionCuts(ScheduledExecutorService closing) {
        this.closing = closing;
    }

    /**
     * Has the broker hand a session no further message, and its time run. Never blocks.
     *
     * @param why goes to the client word for word
     * @return what tells the client, to be run soon: where several are cut, after all have begun, since it might block. It throws nothing.
     *     Empty for a session that is being cut already
     */
    public Optional<Runnable> begin(ConnectionContext context, SecurityException why) {
        synchronized (ONCE) {
            if (context.getMessageAuthorizationPolicy() instanceof Muted) {
                return Optional.empty();
            }
            context.setMessageAuthorizationPolicy(new Muted());
        }
        try {
            closing.schedule(() -> closeOverItsHead(context), GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("session {} is told that it is cut, and not waited for any more", context.getConnectionId(), e);
        }
        return Optional.of(() -> tell(context, why));
    }

    /** One session's failure must not keep the others from their ERROR; this one is closed without. */
    private static void tell(ConnectionContext context, SecurityException why) {
        ConnectionError error = new ConnectionError();
        error.setConnectionId(context.getConnectionId());
        error.setException(why);
        try {
            context.getConnection().dispatchSync(error);
        } catch (RuntimeException e) {
            LOG.warn("session {} could not be told why it is cut", context.getConnectionId(), e);
        }
    }

    private static void closeOverItsHead(ConnectionContext context) {
        Connection connection = context.getConnection();
        if (connection instanceof TransportConnection ended && ended.isStopping()) {
            return;
        }
        LOG.warn(
                "session {} did not take its ERROR frame within {} ms: closing its connection",
                context.getConnectionId(),
                GRACE_MILLIS);
        if (connection instanceof TransportConnection stuck) {
            stuck.stopAsync();
            return;
        }
        try {
            connection.stop();
        } catch (Exception e) {
            LOG.error("session {} could not be closed", context.getConnectionId(), e);
        }
    }

    /** Lets no message through; that it is there says that the session is cut. */
    private record Muted() implements MessageAuthorizationPolicy {

        @Override
        public boolean isAllowedToConsume(ConnectionContext context, Message message) {
            return false;
        }
    }
}
