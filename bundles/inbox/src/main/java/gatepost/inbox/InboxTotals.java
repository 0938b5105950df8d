package gatepost.inbox;

import java.util.concurrent.atomic.LongAdder;

/** What has happened in all inboxes together since this bundle was started. Any thread. */
final class InboxTotals {

    private final LongAdder done = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder withdrawn = new LongAdder();
    private final LongAdder replaced = new LongAdder();
    private final LongAdder toMany = new LongAdder();
    private final LongAdder reached = new LongAdder();
    private final LongAdder passedOver = new LongAdder();

    /** @return messages that were made done */
    LongAdder done() {
        return done;
    }

    /** @return messages that had been sent before under the same name, and were answered as then */
    LongAdder duplicates() {
        return duplicates;
    }

    /** @return messages that were taken back */
    LongAdder withdrawn() {
        return withdrawn;
    }

    /** @return messages that were sent to audiences */
    LongAdder toMany() {
        return toMany;
    }

    /** @return inboxes that they came into, all together */
    LongAdder reached() {
        return reached;
    }

    /** @return inboxes that they did not come into, for those were full */
    LongAdder passedOver() {
        return passedOver;
    }

    /** @return messages in whose place another one came */
    LongAdder replaced() {
        return replaced;
    }
}
