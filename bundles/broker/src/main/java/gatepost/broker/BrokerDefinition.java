package gatepost.broker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code gatepost.broker}. Those that restart the embedded broker say so. */
@ObjectClassDefinition(id = EmbeddedBroker.PID, name = "Gatepost broker")
public @interface BrokerDefinition {

    @AttributeDefinition(name = "Broker name", description = "Letters, digits, '.', '_' and '-'. Restarts the broker.")
    String name() default "gatepost";

    @AttributeDefinition(name = "Data folder", description = "Where the store lives. Restarts the broker.")
    String data() default "${karaf.data}/gatepost";

    @AttributeDefinition(
            name = "Store",
            description = "journal, or memory (nothing survives a stop). Restarts the broker.")
    String store() default "journal";

    @AttributeDefinition(
            name = "Store limit",
            description = "Bytes that stored messages may take; above it sends are refused.")
    long store_limit() default 10L << 30;

    @AttributeDefinition(name = "Memory limit", description = "Percent of the heap that messages in memory may take.")
    int memory_percent() default 40;

    @AttributeDefinition(name = "Temporary limit", description = "Bytes that non-persistent messages may take on disk.")
    long temporary_limit() default 1L << 30;

    @AttributeDefinition(
            name = "Required plugins",
            description = "Names of the plugins, outermost first, without which no connector opens.")
    String[] plugins_required() default {"authentication", "authorization"};

    @AttributeDefinition(
            name = "Connections of one user",
            description = "At most so many over all connectors; 0: no limit.")
    int connections_per_user() default 1000;

    @AttributeDefinition(
            name = "Memory of one user",
            description = "Bytes of one user's messages that are held outside the store: "
                    + "non-persistent ones, those in temporary destinations, those of open transactions, and those that wait for the user's "
                    + "slow topic subscriptions; 0: no limit. trusted.groups have none.")
    long user_memory() default 64L << 20;

    @AttributeDefinition(
            name = "Stored bytes of one user",
            description = "Bytes of what one user sent that may wait in the store, dead letters included; 0: no limit. "
                    + "trusted.groups have none.")
    long user_bytes() default 256L << 20;

    @AttributeDefinition(
            name = "Stored messages of one user",
            description =
                    "Messages that one user sent and that may wait in the store, dead letters included; 0: no limit. "
                            + "trusted.groups have none.")
    long user_messages() default 100_000;

    @AttributeDefinition(
            name = "Bytes of a queue",
            description = "Bytes that may wait in one queue, whoever sent them; 0: no limit.")
    long queue_bytes_max() default 4L << 30;

    @AttributeDefinition(
            name = "Messages of a queue",
            description = "Messages that may wait in one queue, whoever sent them; " + "0: no limit.")
    long queue_messages_max() default 5_000_000;

    @AttributeDefinition(
            name = "Time to live",
            description = "Milliseconds after which a queued message that names no expiry is dropped; 0: never.")
    long message_ttl() default 0;

    @AttributeDefinition(name = "Length of a selector", description = "Characters.")
    int selector_length_max() default 2048;

    @AttributeDefinition(
            name = "Depth of a selector",
            description = "Parentheses, operators and signs within each other.")
    int selector_depth_max() default 32;

    @AttributeDefinition(name = "Wildcards of a selector", description = "% and _ in all its LIKE patterns together.")
    int selector_wildcards_max() default 16;

    @AttributeDefinition(
            name = "Work of a selector",
            description =
                    "Characters that it may compare for one message; a message that needs " + "more does not match.")
    int selector_work_max() default 50_000;

    @AttributeDefinition(
            name = "Durable subscriptions of one user",
            description = "To topics, on line or not; 0: no limit. trusted.groups have none.")
    int durable_subscriptions_per_user() default 100;

    @AttributeDefinition(
            name = "Bytes of one user's durable subscriptions",
            description = "Of messages that wait for all of them; what comes "
                    + "above it is not kept for them. 0: no limit, as for trusted.groups.")
    long durable_subscriptions_bytes() default 64L << 20;

    @AttributeDefinition(
            name = "Offline durable subscriptions",
            description =
                    "Milliseconds off line after which a durable subscription is dropped, with what waits for it; 0: never.")
    long durable_subscriptions_timeout() default 2_592_000_000L;

    @AttributeDefinition(
            name = "Traced queues",
            description = "Name of a user's own queue, with {user} in it, for gatepost:message-trace.")
    String trace_queue() default "user.{user}";

    @AttributeDefinition(
            name = "Traced users",
            description = "What happened to their last messages is remembered; 0: nothing is.")
    int trace_users() default 1000;

    @AttributeDefinition(
            name = "Expiry check",
            description = "Milliseconds between two looks for expired messages. " + "Restarts the broker.")
    long expiry_check() default 300_000;

    @AttributeDefinition(
            name = "Idle queues",
            description =
                    "Milliseconds after which an empty queue without consumers is removed; 0: never. Restarts the broker.")
    long queue_idle() default 3_600_000;

    @AttributeDefinition(
            name = "Unloading queues",
            description = "Milliseconds without a consumer or a message after which a queue is "
                    + "in the store only, until somebody needs it; 0: never. Restarts the broker.")
    long queue_unload() default 60_000;

    @AttributeDefinition(
            name = "Memory of one queue",
            description = "Bytes of one queue's messages kept in memory, those included "
                    + "that its consumers have not acknowledged. Restarts the broker.")
    long queue_memory() default 4L << 20;

    @AttributeDefinition(
            name = "Pending topic messages",
            description = "Messages kept for a topic subscriber that is slow; older ones are dropped.")
    int topic_pending() default 1000;

    @AttributeDefinition(
            name = "Bytes of pending topic messages",
            description = "Bytes kept for a topic subscriber that is slow; older ones are dropped; 0: no limit.")
    long topic_pending_bytes() default 4L << 20;

    @AttributeDefinition(
            name = "Dead letters",
            description =
                    "Messages that the dead letter queue holds; the oldest go when there are more. What one user sent may be a "
                            + "tenth of it, unless trusted.groups has a group of theirs. 0: none are kept.")
    int dead_letters() default 10_000;

    @AttributeDefinition(
            name = "Bytes of dead letters",
            description = "Bytes that the dead letter queue holds; the oldest go when there are more; 0: no limit.")
    long dead_letters_bytes() default 256L << 20;

    @AttributeDefinition(
            name = "Advisories",
            description = "Whether ActiveMQ's advisory topics exist. Restarts the broker.")
    boolean advisories() default false;
}
