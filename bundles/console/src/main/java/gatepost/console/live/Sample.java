package gatepost.console.live;

/**
 * One second of the charts. Rates are a second's, times in seconds over the last ten of them and {@code null} when nothing was
 * timed.
 *
 * @param at milliseconds since 1970
 * @param waiting messages in all queues
 */
record Sample(
        long at,
        long users,
        long connections,
        double received,
        double sent,
        Double deliveryMedian,
        Double deliveryMost,
        Double receiptMedian,
        Double receiptMost,
        long waiting) {

    /** What is told as the most: all but one in a hundred are quicker. */
    private static final double MOST = 0.99;

    private static final String DELIVERY = "gatepost_delivery_seconds";
    private static final String RECEIPT = "gatepost_receipt_seconds";

    /**
     * @param window some seconds ago
     * @param ownReceived of the messages a second, the console's own
     * @param ownSent likewise
     */
    static Sample of(long at, Reading now, Reading before, Reading window, double ownReceived, double ownSent) {
        return new Sample(
                at,
                (long) now.value("gatepost_users"),
                (long) now.value("gatepost_connections"),
                Math.max(0, now.rate(before, "gatepost_messages_received") - ownReceived),
                Math.max(0, now.rate(before, "gatepost_messages_dispatched") - ownSent),
                now.quantile(window, DELIVERY, 0.5),
                now.quantile(window, DELIVERY, MOST),
                now.quantile(window, RECEIPT, 0.5),
                now.quantile(window, RECEIPT, MOST),
                (long) now.value("gatepost_queue_messages"));
    }
}
