package gatepost.broker;

import gatepost.broker.quota.KeepingLimits;
import gatepost.broker.selector.SelectorLimits;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Settings;
import gatepost.store.quota.Quotas;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The values of {@code gatepost.broker}, checked.
 *
 * @param fixed what ActiveMQ takes only at its start
 * @param live what changes on the running broker
 */
record BrokerSettings(Fixed fixed, Live live) {

    /** Values whose change restarts the embedded broker. Times in milliseconds, sizes in bytes, 0 for never. */
    record Fixed(
            String name,
            Path data,
            boolean durable,
            long expiryCheck,
            long queueIdle,
            long queueUnload,
            long queueMemory,
            boolean advisories) {}

    /** Values that take effect on the running broker. Times in milliseconds, sizes in bytes, 0 for no limit. */
    record Live(
            long storeLimit,
            int memoryPercent,
            long temporaryLimit,
            List<String> requiredPlugins,
            int connectionsPerUser,
            KeepingLimits keeping,
            long messageTtl,
            String traceQueue,
            int traceUsers,
            SelectorLimits selectors,
            int durablesPerUser,
            long durablesTimeout) {}

    private static final long YEAR = 366L * 24 * 60 * 60 * 1000;

    static BrokerSettings of(Map<String, Object> properties) throws ConfigurationProblems {
        Settings settings = new Settings(EmbeddedBroker.PID, properties, BrokerDefinition.class);
        Fixed fixed = new Fixed(
                name(settings),
                data(settings),
                settings.choice("store", List.of("journal", "memory")).equals("journal"),
                settings.number("expiry.check", 0, YEAR),
                settings.number("queue.idle", 0, YEAR),
                settings.number("queue.unload", 0, YEAR),
                settings.number("queue.memory", 64 << 10, 1L << 40),
                settings.flag("advisories"));
        Live live = new Live(
                settings.number("store.limit", 1 << 20, Long.MAX_VALUE),
                settings.integer("memory.percent", 1, 90),
                settings.number("temporary.limit", 1 << 20, Long.MAX_VALUE),
                plugins(settings),
                settings.integer("connections.per.user", 0, Integer.MAX_VALUE),
                keeping(settings),
                settings.number("message.ttl", 0, 100 * YEAR),
                traceQueue(settings),
                settings.integer("trace.users", 0, 1_000_000),
                new SelectorLimits(
                        settings.integer("selector.length.max", 0, 1 << 16),
                        // each level is some frames of a thread's stack
                        settings.integer("selector.depth.max", 1, 200),
                        settings.integer("selector.wildcards.max", 0, 1_000),
                        settings.integer("selector.work.max", 1, Integer.MAX_VALUE)),
                settings.integer("durable.subscriptions.per.user", 0, Integer.MAX_VALUE),
                settings.number("durable.subscriptions.timeout", 0, 100 * YEAR));
        settings.removed(
                "jmx",
                "there is no such key any more, since it took a broker core that nobody tests: delete the line; "
                        + "what Gatepost counts is in JMX in any case");
        settings.verify();
        return new BrokerSettings(fixed, live);
    }

    private static KeepingLimits keeping(Settings settings) {
        return new KeepingLimits(
                settings.number("user.memory", 0, Long.MAX_VALUE),
                new Quotas(
                        settings.number("queue.bytes.max", 0, Long.MAX_VALUE),
                        settings.number("queue.messages.max", 0, Long.MAX_VALUE),
                        settings.number("user.bytes", 0, Long.MAX_VALUE),
                        settings.number("user.messages", 0, Long.MAX_VALUE)),
                settings.integer("topic.pending", 1, 1_000_000),
                settings.number("topic.pending.bytes", 0, Long.MAX_VALUE),
                settings.number("durable.subscriptions.bytes", 0, Long.MAX_VALUE),
                settings.integer("dead.letters", 0, Integer.MAX_VALUE),
                settings.number("dead.letters.bytes", 0, 1L << 50));
    }

    private static String name(Settings settings) {
        String name = settings.text("name");
        if (!name.matches("[A-Za-z0-9._-]+")) {
            settings.problem("name", "expected letters, digits, '.', '_' and '-'");
        }
        return name;
    }

    private static Path data(Settings settings) {
        String data = settings.text("data").replace("${karaf.data}", System.getProperty("karaf.data", "data"));
        try {
            if (!data.isEmpty() && !data.contains("${")) {
                return Path.of(data).toAbsolutePath();
            }
        } catch (InvalidPathException e) {
            settings.problem("data", "expected a folder: " + e.getReason());
            return Path.of("");
        }
        settings.problem("data", "expected a folder; only ${karaf.data} is replaced");
        return Path.of("");
    }

    private static String traceQueue(Settings settings) {
        String queue = settings.text("trace.queue");
        if (queue.split("\\{user}", -1).length != 2) {
            settings.problem("trace.queue", "expected the name of a queue with {user} in it, once");
            return "{user}";
        }
        return queue;
    }

    private static List<String> plugins(Settings settings) {
        List<String> names = settings.list("plugins.required");
        if (new HashSet<>(names).size() != names.size()) {
            settings.problem("plugins.required", "expected each name once");
        }
        return names;
    }
}
