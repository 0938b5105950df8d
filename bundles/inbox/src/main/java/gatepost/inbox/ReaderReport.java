package gatepost.inbox;

import gatepost.contracts.InboxConsumer;
import java.util.Optional;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerInfo;

/**
 * A subscription to an inbox.
 *
 * @param session as {@code gatepost:session-list} names it
 * @param what whether it {@code reads}, {@code browses}, or {@code watches} the state
 * @param unacknowledged messages that it has got and not acknowledged
 * @param position of the last that it has got or passed over; nothing for none
 */
public record ReaderReport(
        String session,
        String account,
        String address,
        String what,
        Optional<String> device,
        int unacknowledged,
        Optional<Long> position) {

    static ReaderReport of(InboxReader reader) {
        Subscription subscription = reader.subscription();
        return of(
                subscription,
                subscription.isBrowser() ? "browses" : "reads",
                Optional.of(reader.position()).filter(place -> place > 0));
    }

    static ReaderReport watching(Subscription subscription) {
        return of(subscription, "watches", Optional.empty());
    }

    private static ReaderReport of(Subscription subscription, String what, Optional<Long> position) {
        ConsumerInfo info = subscription.getConsumerInfo();
        return new ReaderReport(
                info.getConsumerId().getConnectionId(),
                InboxReader.account(subscription.getContext()),
                subscription.getContext().getConnection() == null
                        ? ""
                        : String.valueOf(
                                subscription.getContext().getConnection().getRemoteAddress()),
                what,
                info instanceof InboxConsumer consumer ? consumer.device() : Optional.empty(),
                subscription.getInFlightSize(),
                position);
    }
}
