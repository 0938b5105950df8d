package gatepost.authorization.broker;

import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Gate;
import gatepost.authorization.engine.Operation;
import gatepost.contracts.SessionCuts;
import gatepost.threads.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.activemq.command.ConsumerInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the sessions that do what the map in force no longer allows. It works on threads of its own, so that neither a change
 * of the configuration nor one of the users file waits for clients; changes that come while it works are taken up together.
 */
public final class Revocation {

    private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);

    private final Gate gate;
    private final Audit audit;
    private final Supplier<Subscriptions> subscriptions;
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ExecutorService decisions =
            Executors.newSingleThreadExecutor(DaemonThreads.named("gatepost-revocation"));
    private final ScheduledExecutorService closing =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gatepost-revocation-closing"));
    private final SessionCuts cuts = new SessionCuts(closing);

    /** @param subscriptions gives those of the filter in use */
    public Revocation(Gate gate, Audit audit, Supplier<Subscriptions> subscriptions) {
        this.gate = gate;
        this.audit = audit;
        this.subscriptions = subscriptions;
    }

    /** Decides about every live subscription anew, soon and on another thread. */
    public void reevaluate() {
        if (!decisions.isShutdown() && pending.compareAndSet(false, true)) {
            decisions.execute(this::cutWhatIsNotAllowed);
        }
    }

    /** Closes a session because an operator wants it so. */
    public void close(SessionSubscriptions session) {
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
        // after those whose grace runs
        closing.shutdown();
    }

    /** All that must end are cut off from their messages before the first is told why. */
    private void cutWhatIsNotAllowed() {
        pending.set(false);
        Judge judge = new Judge(gate.map());
        List<Runnable> errors = new ArrayList<>();
        for (SessionSubscriptions session : subscriptions.get().each()) {
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

    private Optional<Runnable> cutIfNotAllowed(Judge judge, SessionSubscriptions session) {
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

    /** @return what tells the client; empty for a session that is being cut already */
    private Optional<Runnable> cut(
            SessionSubscriptions session,
            String operation,
            String destination,
            String reason,
            SecurityException refusal) {
        Optional<Runnable> tell = cuts.begin(session.context(), refusal);
        if (tell.isPresent()) {
            audit.cut(session.context(), operation, destination, reason);
        }
        return tell;
    }
}
