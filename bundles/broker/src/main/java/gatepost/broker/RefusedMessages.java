package gatepost.broker;

import org.apache.activemq.broker.region.policy.SharedDeadLetterStrategy;
import org.apache.activemq.command.Message;

/**
 * Sends what a consumer refused (NACK) to one dead letter queue, of which {@link gatepost.broker.quota.DeadLetters} says how much it
 * may hold, and drops what has expired: a user who is away for long must not fill the store a second time. What was in a temporary
 * destination is gone with it: its user could fill the dead letter queue, which that user may not write to, with messages to none
 * but themselves.
 */
final class RefusedMessages extends SharedDeadLetterStrategy {

    RefusedMessages() {
        setProcessExpired(false);
        setProcessNonPersistent(true);
        // the audit remembers producers of every message for ever; a NACK is never sent twice, so it is of no use here
        setEnableAudit(false);
    }

    @Override
    public boolean isSendToDeadLetterQueue(Message message) {
        return super.isSendToDeadLetterQueue(message)
                && !message.getDestination().isTemporary();
    }
}
