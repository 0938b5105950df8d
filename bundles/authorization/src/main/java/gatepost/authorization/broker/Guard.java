package gatepost.authorization.broker;

import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Gate;
import gatepost.authorization.engine.Operation;
import gatepost.contracts.Printable;
import java.util.Optional;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerInfo;

/** Lets pass or throws. What it throws tells the client which operation on what was denied, and nothing else. */
final class Guard {

    private final Gate gate;
    private final Audit audit;

    Guard(Gate gate, Audit audit) {
        this.gate = gate;
        this.audit = audit;
    }

    /** @throws SecurityException unless the map in force allows it */
    void require(ConnectionContext context, Operation operation, ActiveMQDestination destination) {
        enforce(context, operation.word(), String.valueOf(destination), decide(context, operation, destination));
    }

    /** Whether the map in force allows it, for what is possible without: nobody is denied anything, and nothing is audited. */
    boolean allows(ConnectionContext context, Operation operation, ActiveMQDestination destination) {
        return decide(context, operation, destination).allowed();
    }

    private Decision decide(ConnectionContext context, Operation operation, ActiveMQDestination destination) {
        return Subject.of(context)
                .map(subject -> judge().decide(subject, operation, destination))
                .orElse(Judge.notSignedIn());
    }

    /** @throws SecurityException unless the map in force allows this subscription */
    void requireSubscription(ConnectionContext context, ConsumerInfo info) {
        enforce(context, Operation.READ.word(), String.valueOf(info.getDestination()), decide(context, info));
    }

    /** What the map in force says of a subscription right now. */
    Decision decide(ConnectionContext context, ConsumerInfo info) {
        Optional<Subject> subject = Subject.of(context);
        return subject.isPresent() ? judge().decide(subject.get(), info) : Judge.notSignedIn();
    }

    /** @throws SecurityException always: no map could allow it */
    void refuse(ConnectionContext context, String operation, String destination, String reason) {
        enforce(context, operation, destination, Decision.denied(reason));
    }

    /** What a client is told. */
    static SecurityException refusal(String operation, String destination) {
        return new SecurityException("Denied: " + operation + " " + Printable.of(destination));
    }

    private void enforce(ConnectionContext context, String operation, String destination, Decision decision) {
        audit.decided(context, operation, destination, decision);
        if (!decision.allowed()) {
            throw refusal(operation, destination);
        }
    }

    private Judge judge() {
        return new Judge(gate.map());
    }
}
