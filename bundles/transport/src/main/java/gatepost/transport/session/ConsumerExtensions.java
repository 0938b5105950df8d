package gatepost.transport.session;

import gatepost.transport.connector.CloseReason;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerInfo;

/**
 * ActiveMQ's own headers of SUBSCRIBE ({@code activemq.*}). A few are everybody's; those that take something from other
 * consumers become options of the destination, which the gate lets only those use who may administer it.
 */
final class ConsumerExtensions {

    private static final Set<String> EVERYBODY = Set.of("prefetchSize", "subscriptionName", "noLocal", "dispatchAsync");
    private static final Set<String> PRIVILEGED = Set.of("exclusive", "retroactive", "priority");

    private ConsumerExtensions() {}

    /** @return the options of the destination that the privileged headers stand for, such as {@code consumer.exclusive=true} */
    static String privileged(Map<String, String> extensions) throws Refusal {
        StringJoiner options = new StringJoiner("&");
        for (Map.Entry<String, String> extension : new TreeMap<>(extensions).entrySet()) {
            String name = extension.getKey();
            if (PRIVILEGED.contains(name)) {
                if (!extension.getValue().matches("[A-Za-z0-9.-]+")) {
                    throw bad(name, extension.getValue(), "true, false or a number");
                }
                options.add("consumer." + name + "=" + extension.getValue());
            } else if (!EVERYBODY.contains(name)) {
                throw new Refusal("the header activemq." + name + " is not allowed on SUBSCRIBE", CloseReason.POLICY);
            }
        }
        return options.toString();
    }

    /** Applies the headers, and the options that the client wrote behind the destination. */
    static void apply(ConsumerInfo consumer, Map<String, String> extensions, ActiveMQDestination destination)
            throws Refusal {
        String prefetch = extensions.get("prefetchSize");
        if (prefetch != null) {
            // only less than the connector allows: its limit bounds what one client can hold
            consumer.setPrefetchSize((int) Math.min(consumer.getPrefetchSize(), number("prefetchSize", prefetch, 1)));
        }
        consumer.setNoLocal(flag("noLocal", extensions.get("noLocal")));
        String durable = extensions.get("subscriptionName");
        if (durable != null && destination.isQueue()) {
            throw new Refusal("activemq.subscriptionName is for topics; a queue is durable by itself");
        }
        consumer.setSubscriptionName(durable);
        Map<String, String> options = destination.getOptions();
        if (options != null) {
            consumer.setExclusive(flag("exclusive", options.get("consumer.exclusive")));
            consumer.setRetroactive(flag("retroactive", options.get("consumer.retroactive")));
            String priority = options.get("consumer.priority");
            consumer.setPriority(priority == null ? 0 : (byte) Math.min(127, number("priority", priority, -127)));
        }
    }

    private static long number(String name, String value, int min) throws Refusal {
        OptionalLong number = HeaderValues.number(value, min, Integer.MAX_VALUE);
        if (number.isEmpty()) {
            throw bad(name, value, "a number of at least " + min);
        }
        return number.getAsLong();
    }

    private static boolean flag(String name, String value) throws Refusal {
        return value != null && HeaderValues.flag("activemq." + name, value);
    }

    private static Refusal bad(String name, String value, String expected) {
        return HeaderValues.bad("activemq." + name, value, expected);
    }
}
