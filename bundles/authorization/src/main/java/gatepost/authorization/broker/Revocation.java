package gatepost.authorization.broker;

import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Gate;
import gatepost.authorization.engine.Operation;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.activemq.broker.Connection;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.TransportConnection;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.ConsumerInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the sessions that do what the map in force no longer allows. It works on a thread of its own, so that neither a change
 * of the configuration nor one of the users file waits for clients; changes that come while it works are taken up together.
 */
public final class Revocation {

    /** So long a client has to take its ERROR frame; then its connection is closed over its head. */
    static final long GRACE_MILLIS = 600;

    private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);

    private final Gate gate;
    private final Audit audit;
    private final Supplier<Sessions> sessions;
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread revocation = new Thread(task, "gatepost-revocation");
        revocation.setDaemon(true);
        return revocation;
    });

    /** @param sessions gives the sessions of the filter in use */
    public Revocation(Gate gate, Audit audit, Supplier<Sessions> sessions) {
        this.gate = gate;
        this.audit = audit;
        this.sessions = sessions;
    }

    /** Decides about every live subscription anew, soon and on another thread. */
    public void reevaluate() {
        if (!thread.isShutdown() && pending.compareAndSet(false, true)) {
            thread.execute(this::cutWhatIsNotAllowed);
        }
    }

    /** Closes a session because an operator wants it so. */
    public void close(Session session) {
        cut(session, "session", session.clientId(), "closed by an operator", new SecurityException("Closed by an operator"));
    }

    /** Ends the thread. */
    public void stop() {
        thread.shutdownNow();
    }

    private void cutWhatIsNotAllowed() {
        pending.set(false);
        Judge judge = new Judge(gate.map());
        for (Session session : sessions.get().each()) {
            try {
                cutIfNotAllowed(judge, session);
            } catch (RuntimeException e) {
                // one session's failure must not leave the others uncut
                LOG.error("session {} could not be cut", session.id(), e);
            }
        }
    }

    private void cutIfNotAllowed(Judge judge, Session session) {
        Optional<Subject> subject = Subject.of(session.context());
        for (ConsumerInfo info : session.subscriptions()) {
            Decision decision = subject.isPresent() ? judge.decide(subject.get(), info) : Judge.notSignedIn();
            if (!decision.allowed()) {
                String destination = String.valueOf(info.getDestination());
                String operation = Operation.READ.word();
                cut(session, operation, destination, decision.reason(), Guard.refusal(operation, destination));
                return;
            }
        }
    }

    private void cut(Session session, String operation, String destination, String reason, SecurityException refusal) {
        if (!session.markCut()) {
            return;
        }
        ConnectionContext context = session.context();
        audit.cut(context, operation, destination, reason);
        // from here on the broker hands this connection no further message, however long it takes to close
        context.setMessageAuthorizationPolicy((any, message) -> false);
        ConnectionError error = new ConnectionError();
        error.setConnectionId(context.getConnectionId());
        error.setException(refusal);
        thread.schedule(() -> closeOverItsHead(session), GRACE_MILLIS, TimeUnit.MILLISECONDS);
        context.getConnection().dispatchSync(error);
    }

    private void closeOverItsHead(Session session) {
        if (!sessions.get().contains(session)) {
            return;
        }
        Connection connection = session.context().getConnection();
        LOG.warn("session {} did not take its ERROR frame within {} ms: closing its connection", session.id(), GRACE_MILLIS);
        if (connection instanceof TransportConnection transport) {
            transport.stopAsync();
            return;
        }
        try {
            connection.stop();
        } catch (Exception e) {
            LOG.error("session {} could not be closed", session.id(), e);
        }
    }
}
