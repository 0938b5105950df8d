package gatepost.inbox;

import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxConsumer.Beginning;
import gatepost.contracts.InboxStart;
import gatepost.contracts.inbox.MessageLog;
import gatepost.inbox.Devices.Found;
import java.util.Optional;
import org.apache.activemq.broker.region.Subscription;

/**
 * Where a subscription begins in an inbox.
 *
 * @param position behind which its first message is
 * @param waitingUntil up to there it passes over what is done
 * @param gap whether something may be missing there
 * @param end the last that it gets: who only looks sees what was there when it came
 * @param device whose place goes on with what is acknowledged
 * @param passesOver whether it passes over what the device has acknowledged
 */
record StartPlace(
        long position, long waitingUntil, boolean gap, long end, Optional<Device> device, boolean passesOver) {

    private static final long NEVER = Long.MIN_VALUE;

    /**
     * @return where the client wants it to, who is told
     */
    static StartPlace of(Parts parts, Subscription subscription) {
        MessageLog log = parts.content().log();
        long head = log.head();
        // one that covers several destinations has no place in any that its client could name
        Optional<InboxConsumer> consumer = Optional.of(subscription.getConsumerInfo())
                .filter(info -> info instanceof InboxConsumer
                        && !info.getDestination().isPattern()
                        && !info.getDestination().isComposite())
                .map(InboxConsumer.class::cast);
        StartPlace place = subscription.isBrowser()
                ? new StartPlace(NEVER, NEVER, false, head, Optional.empty(), false)
                : of(parts, consumer, InboxReader.account(subscription.getContext()), head);
        consumer.ifPresent(info -> info.began(new Beginning(log.epoch(), head, place.gap)));
        return place;
    }

    private static StartPlace of(Parts parts, Optional<InboxConsumer> consumer, String account, long head) {
        Optional<InboxStart> asked = consumer.flatMap(InboxConsumer::start);
        Optional<String> name = consumer.flatMap(InboxConsumer::device);
        if (name.isEmpty()) {
            return of(parts.content(), asked.orElse(InboxStart.USUAL), head);
        }
        MessageLog log = parts.content().log();
        Found found = parts.devices().begin(account, name.get());
        Device device = found.device();
        if (asked.isPresent()) {
            StartPlace start = of(parts.content(), asked.get(), head);
            if (start.position != NEVER) {
                device.hasUpTo(start.position, log);
            }
            return new StartPlace(start.position, start.waitingUntil, start.gap, start.end, Optional.of(device), false);
        }
        if (!found.known()) {
            return new StartPlace(
                    NEVER, parts.content().last(), found.forgotten(), Long.MAX_VALUE, Optional.of(device), false);
        }
        return new StartPlace(device.upTo(), NEVER, device.takeGap(log), Long.MAX_VALUE, Optional.of(device), true);
    }

    private static StartPlace of(Content content, InboxStart start, long head) {
        boolean gap = start.from() == InboxStart.From.AFTER
                && (isOther(content, start)
                        || start.number() > head
                        || content.log().lost() > start.number());
        return switch (start.from()) {
            case WAITING -> at(NEVER, content.last(), gap);
            case OLDEST -> at(NEVER, NEVER, gap);
            case NEW -> at(content.last(), NEVER, gap);
            case LAST -> at(content.lastButFor(start.number()), NEVER, gap);
            case AFTER -> at(isOther(content, start) ? NEVER : Math.min(start.number(), head), NEVER, gap);
        };
    }

    private static StartPlace at(long position, long waitingUntil, boolean gap) {
        return new StartPlace(position, waitingUntil, gap, Long.MAX_VALUE, Optional.empty(), false);
    }

    private static boolean isOther(Content content, InboxStart start) {
        return start.epoch().isPresent()
                && !start.epoch().get().equals(content.log().epoch());
    }
}
