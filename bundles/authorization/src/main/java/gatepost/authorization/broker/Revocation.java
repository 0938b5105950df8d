package gatepost.authorization.broker;

import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Gate;
import gatepost.authorization.engine.Operation;
import gatepost.threads.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
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
 * Cuts the sessions that do what the map in force no longer allows. It works on threads of its own, so that neither a change
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
    private final ExecutorService decisions =
            Executors.newSingleThreadExecutor(DaemonThreads.named("gatepost-revocation"));
    private final ScheduledExecutorService closing =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gatepost-revocation-closing"));

    /** @param sessions gives the sessions of the filter in use */
    public Revocation(Gate gate, Audit audit, Supplier<Sessions> sessions) {
        this.gate = gate;
        this.audit = audit;
        this.sessions = sessions;
    }

    /** Decides about every live subscription anew, soon and on another thread. */
    public void reevaluate() {
        if (!decisions.isShutdown() && pending.compareAndSet(false, true)) {
            decisions.execute(this::cutWhatIsNotAllowed);
        }
    }

    /** Closes a session because an operator wants it so. */
    public void close(Session session) {
        cut(
                        session,
                        "session",
                        session.clientId(),
                        "closed by an operator",
                        new SecurityException("Closed by an operator"))
                .ifPresent(Runnable::run);
    }

    /** Ends the threads. */
    public void stop() {
        decisions.shutdownNow();
        closing.shutdownNow();
    }

    /** All are cut off from their messages, and their time runs, before the first ERROR is written: writing might block. */
    private void cutWhatIsNotAllowed() {
        pending.set(false);
        Judge judge = new Judge(gate.map());
        List<Runnable> errors = new ArrayList<>();
        for (Session session : sessions.get().each()) {
            try {
                cutIfNotAllowed(judge, session).ifPresent(errors::add);
            } catch (RuntimeException e) {
                // what cannot be decided is not allowed, and must not keep the others from being looked at
                LOG.error("session {} could not be decided about", session.id(), e);
                cut(
                                session,
                                "session",
                                session.clientId(),
                                "no decision: " + e,
                                Guard.refusal("session", session.clientId()))
                        .ifPresent(errors::add);
            }
        }
        errors.forEach(Runnable::run);
    }

    private Optional<Runnable> cutIfNotAllowed(Judge judge, Session session) {
        Optional<Subject> subject = Subject.of(session.context());
        for (ConsumerInfo info : session.subscriptions()) {
            Decision decision = subject.isPresent() ? judge.decide(subject.get(), info) : Judge.notSignedIn();
            if (!decision.allowed()) {
                String destination = String.valueOf(info.getDestination());
                String operation = Operation.READ.word();
                return cut(session, operation, destination, decision.reason(), Guard.refusal(operation, destination));
            }
        }
        return Optional.empty();
    }

    /** @return what writes the ERROR frame; empty for a session that has been cut before */
    private Optional<Runnable> cut(
            Session session, String operation, String destination, String reason, SecurityException refusal) {
        if (!session.markCut()) {
            return Optional.empty();
        }
        ConnectionContext context = session.context();
        audit.cut(context, operation, destination, reason);
        // from here on the broker hands this connection no further message, however long it takes to close
        context.setMessageAuthorizationPolicy((any, message) -> false);
        closing.schedule(() -> closeOverItsHead(session), GRACE_MILLIS, TimeUnit.MILLISECONDS);
        ConnectionError error = new ConnectionError();
        error.setConnectionId(context.getConnectionId());
        error.setException(refusal);
        return Optional.of(() -> write(session, error));
    }

    private static void write(Session session, ConnectionError error) {
        try {
            session.context().getConnection().dispatchSync(error);
        } catch (RuntimeException e) {
            // one session's failure must not keep the others from their ERROR; this one is closed without
            LOG.warn("session {} could not be told why it is cut", session.id(), e);
        }
    }

    private void closeOverItsHead(Session session) {
        if (!sessions.get().contains(session)) {
            return;
        }
        Connection connection = session.context().getConnection();
        LOG.warn(
                "session {} did not take its ERROR frame within {} ms: closing its connection",
                session.id(),
                GRACE_MILLIS);
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
