package gatepost.load.table;

import java.util.List;

/**
 * One line of the table.
 *
 * @param title what is compared
 * @param phase that measured it
 * @param figure of that phase
 * @param order which is better; {@link Order#NONE} for what is not compared, such as faults, that are 0 or wrong
 */
record Line(String title, String phase, String figure, Order order) {

    enum Order {
        MORE,
        LESS,
        NONE
    }

    /** @return all lines, in their order; those that nothing was measured for are left out of a table */
    static List<Line> all() {
        return List.of(
                more("persistent msg/s, 1 publisher", "full:persistent:1", "messages_per_s"),
                more("persistent msg/s, 4 publishers", "full:persistent:4", "messages_per_s"),
                more("persistent msg/s, 16 publishers", "full:persistent:16", "messages_per_s"),
                more("non-persistent msg/s, 1 publisher", "full:direct:1", "messages_per_s"),
                more("non-persistent msg/s, 4 publishers", "full:direct:4", "messages_per_s"),
                more("non-persistent msg/s, 16 publishers", "full:direct:16", "messages_per_s"),
                less("server CPU a persistent message, µs, 1 publisher", "full:persistent:1", "server_us_per_message"),
                less("server CPU a persistent message, µs, 4 publishers", "full:persistent:4", "server_us_per_message"),
                less("server CPU a non-persistent message, µs, 4 publishers", "full:direct:4", "server_us_per_message"),
                less("p50 ms at 1,000 msg/s, persistent, from due", "rate:persistent:1000", "from_due_p50_ms"),
                less("p99 ms at 1,000 msg/s, persistent, from due", "rate:persistent:1000", "from_due_p99_ms"),
                less("p999 ms at 1,000 msg/s, persistent, from due", "rate:persistent:1000", "from_due_p999_ms"),
                less("p99 ms at 1,000 msg/s, persistent, from written", "rate:persistent:1000", "from_sent_p99_ms"),
                less("p50 ms at 2,000 msg/s, persistent, from due", "rate:persistent:2000", "from_due_p50_ms"),
                less("p99 ms at 2,000 msg/s, persistent, from due", "rate:persistent:2000", "from_due_p99_ms"),
                less("p999 ms at 2,000 msg/s, persistent, from due", "rate:persistent:2000", "from_due_p999_ms"),
                less("p99 ms at 2,000 msg/s, persistent, from written", "rate:persistent:2000", "from_sent_p99_ms"),
                less("p99 ms of the others while 1 % stop reading", "stalled:persistent:1000", "from_due_p99_ms"),
                more("stored msg/s while all users are away", "away:persistent:1", "stored_per_s"),
                more("delivered msg/s when they come back", "away:persistent:1", "delivered_per_s"),
                more("connected and subscribed users/s, cold", "connect", "connected_per_s"),
                less("KiB of memory (RSS) a user", "connect", "resident_kib_per_user"),
                less("KiB of live heap a user", "connect", "heap_kib_per_user"),
                stolen("1,000 msg/s", "rate:persistent:1000"),
                stolen("2,000 msg/s", "rate:persistent:2000"),
                stolen("1,000 msg/s and 1 % stop reading", "stalled:persistent:1000"),
                new Line("users who could not connect", "connect", "failed", Order.NONE),
                new Line("messages lost", "end", "lost", Order.NONE),
                new Line("messages doubled", "end", "doubled", Order.NONE),
                new Line("messages misrouted", "end", "misrouted", Order.NONE),
                new Line("messages reordered", "end", "reordered", Order.NONE),
                new Line("users dropped", "end", "dropped", Order.NONE));
    }

    /** Not anybody's merit: latencies follow it. */
    private static Line stolen(String meanwhile, String phase) {
        return new Line("cores that the hypervisor kept, at " + meanwhile, phase, "stolen_cores", Order.NONE);
    }

    private static Line more(String title, String phase, String figure) {
        return new Line(title, phase, figure, Order.MORE);
    }

    private static Line less(String title, String phase, String figure) {
        return new Line(title, phase, figure, Order.LESS);
    }
}
