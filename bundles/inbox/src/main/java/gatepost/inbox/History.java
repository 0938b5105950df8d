package gatepost.inbox;

import gatepost.contracts.InboxHeaders;
import gatepost.contracts.inbox.MessageLog;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.activemq.command.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much of what is done stays in one inbox. The limits may change at any time. Any thread. */
final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final MessageLog log;
    private final Supplier<HistoryLimits> limits;
    /** The oldest message of it and when that came, as far as it was looked at. */
    private long oldest = Long.MAX_VALUE;

    private long oldestCame;
    private final LongConsumer trimming;

    /** @param trimming is told of each place before it is trimmed */
    History(MessageLog log, Supplier<HistoryLimits> limits, LongConsumer trimming) {
        this.log = log;
        this.trimming = trimming;
        this.limits = limits;
    }

    /** @return whether a message stays when it is done */
    boolean keeps(Message message) {
        return message.isPersistent() && limits.get().keeps(message.getSize()) && !isKeptOut(message);
    }

    private static boolean isKeptOut(Message message) {
        try {
            return "false".equals(message.getProperty(InboxHeaders.HISTORY));
        } catch (IOException e) {
            LOG.warn("the headers of {} cannot be read", message.getMessageId(), e);
            return false;
        }
    }

    /** Something may have come into it. */
    void trim() {
        HistoryLimits now = limits.get();
        while (log.history() > now.messages() || log.historyBytes() > now.bytes()) {
            long first = log.oldestDone();
            if (first == Long.MAX_VALUE) {
                return;
            }
            remove(first);
        }
    }

    private synchronized void remove(long place) {
        trimming.accept(place);
        log.remove(place, true, false);
    }

    /**
     * Drops what is too old; reads a message where it has to.
     *
     * @param now milliseconds since 1970
     */
    synchronized void trimOld(long now) {
        trim();
        for (long first = log.oldestDone(); first != Long.MAX_VALUE; first = log.oldestDone()) {
            if (first != oldest) {
                Optional<Message> message = read(first);
                if (message.isEmpty()) {
                    return;
                }
                oldest = first;
                oldestCame = message.get().getBrokerInTime();
            }
            if (now - oldestCame < limits.get().ageMillis()) {
                return;
            }
            remove(first);
        }
    }

    private Optional<Message> read(long place) {
        try {
            return log.read(place);
        } catch (IOException e) {
            LOG.warn("the oldest message of a history cannot be read", e);
            return Optional.empty();
        }
    }
}
