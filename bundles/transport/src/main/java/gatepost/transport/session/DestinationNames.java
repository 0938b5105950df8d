package gatepost.transport.session;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.LimitReached;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTempQueue;
import org.apache.activemq.command.ActiveMQTempTopic;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.DestinationInfo;

/**
 * Destinations as clients write them: {@code /queue/NAME}, {@code /topic/NAME}, {@code /temp-queue/NAME} and
 * {@code /temp-topic/NAME} for a temporary one of this connection, {@code /remote-temp-queue/ID} for somebody else's, ActiveMQ's
 * own {@code queue://NAME} and {@code topic://NAME}, and a bare name for a queue. Several may stand in a row, separated by commas.
 *
 * <p>Belongs to one session and its thread, but for {@link #name}, which any thread may call.
 */
final class DestinationNames {

    private static final int CHANCE_BITS = 128;

    private final ConnectionId connection;
    private final BrokerLink broker;
    private final int limit;
    private final Holding holding;
    /** Made with the first temporary destination, as is the next. */
    private Map<String, ActiveMQDestination> temporary = Map.of();

    private volatile Map<ActiveMQDestination, String> names = Map.of();

    /** @param limit of temporary destinations */
    DestinationNames(ConnectionId connection, BrokerLink broker, int limit, Holding holding) {
        this.connection = connection;
        this.broker = broker;
        this.limit = limit;
        this.holding = holding;
    }

    /**
     * @param options ActiveMQ's destination options to add, such as {@code consumer.exclusive=true}, or empty
     * @throws Refusal when the name says nothing that exists, or a temporary destination may not be made
     */
    ActiveMQDestination destination(String name, String options) throws Refusal {
        String qualified = name.indexOf(',') < 0 ? qualify(name.trim(), name) : qualifyAll(name);
        if (!options.isEmpty()) {
            qualified += (qualified.indexOf('?') < 0 ? "?" : "&") + options;
        }
        try {
            return ActiveMQDestination.createDestination(qualified, ActiveMQDestination.QUEUE_TYPE);
        } catch (RuntimeException e) {
            // ActiveMQ parses the options of a destination here and complains with whatever exception comes
            throw new Refusal("the destination " + name + " cannot be understood");
        }
    }

    /**
     * @return the one destination that the text names, made if it is a temporary one of this connection; nothing where it names none,
     *         or several
     * @throws Refusal when a temporary destination may not be made
     */
    Optional<ActiveMQDestination> single(String text) throws Refusal {
        String name = text.trim();
        if (name.indexOf(',') >= 0 || hasControlOrSpace(name)) {
            return Optional.empty();
        }
        if (isOwnTemporary(name)) {
            return Optional.of(temporary(name));
        }
        try {
            ActiveMQDestination destination = destination(name, "");
            return destination.isPattern() ? Optional.empty() : Optional.of(destination);
        } catch (Refusal e) {
            // a text that names nothing is no error here
            return Optional.empty();
        }
    }

    /** @return the one queue that the text names, which is no temporary one and has no options; nothing is made for it */
    Optional<ActiveMQQueue> queue(String text) throws Refusal {
        return isOwnTemporary(text.trim())
                ? Optional.empty()
                : single(text)
                        .filter(destination -> destination.getOptions() == null)
                        .filter(ActiveMQQueue.class::isInstance)
                        .map(ActiveMQQueue.class::cast);
    }

    private static boolean isOwnTemporary(String name) {
        return name.startsWith("/temp-queue/") || name.startsWith("/temp-topic/");
    }

    /** @return the name as this client wrote it where it made the destination, else one that it can send to */
    String name(ActiveMQDestination destination) {
        String own = destination.isTemporary() ? names.get(destination) : null;
        if (own != null) {
            return own;
        }
        String prefix = destination.isTemporary() ? "/remote-temp-" : "/";
        return prefix + (destination.isQueue() ? "queue/" : "topic/") + destination.getPhysicalName();
    }

    private String qualifyAll(String names) throws Refusal {
        StringJoiner qualified = new StringJoiner(",");
        for (String part : names.split(",", -1)) {
            qualified.add(qualify(part.trim(), names));
        }
        return qualified.toString();
    }

    private String qualify(String part, String whole) throws Refusal {
        if (hasControlOrSpace(part)) {
            throw new Refusal("the destination " + whole + " has a control character or white space in its name");
        }
        String qualified = after(part, "/queue/", "queue://");
        qualified = qualified == null ? after(part, "/topic/", "topic://") : qualified;
        qualified = qualified == null ? after(part, "/remote-temp-queue/", "temp-queue://") : qualified;
        qualified = qualified == null ? after(part, "/remote-temp-topic/", "temp-topic://") : qualified;
        qualified = qualified == null ? after(part, "queue://", "queue://") : qualified;
        qualified = qualified == null ? after(part, "topic://", "topic://") : qualified;
        if (qualified == null && isOwnTemporary(part)) {
            qualified = temporary(part).getQualifiedName();
        }
        if (qualified == null && !part.startsWith("/") && !part.contains("://")) {
            qualified = "queue://" + part;
        }
        if (qualified == null || qualified.endsWith("://") || qualified.contains("://?")) {
            throw new Refusal(
                    "the destination " + whole + " is unknown: expected /queue/NAME, /topic/NAME, /temp-queue/NAME, "
                            + "/temp-topic/NAME or the name of a queue");
        }
        return qualified;
    }

    private static boolean hasControlOrSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) || Character.isWhitespace(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String after(String part, String prefix, String qualifier) {
        return part.startsWith(prefix) ? qualifier + part.substring(prefix.length()) : null;
    }

    private ActiveMQDestination temporary(String name) throws Refusal {
        ActiveMQDestination known = temporary.get(name);
        if (known != null) {
            return known;
        }
        if (temporary.size() >= limit) {
            throw new Refusal(
                    new LimitReached(
                            "subscriptions.max", "too many temporary destinations: a connection may have " + limit),
                    CloseReason.POLICY);
        }
        holding.makeTemporary();
        // ActiveMQ and the gate look at what is before the last colon to see whose it is; the connection's id stands in
        // message ids
        String physical = connection.getValue() + ":" + Unguessable.number(CHANCE_BITS);
        ActiveMQDestination made =
                name.startsWith("/temp-queue/") ? new ActiveMQTempQueue(physical) : new ActiveMQTempTopic(physical);
        broker.request(new DestinationInfo(connection, DestinationInfo.ADD_OPERATION_TYPE, made), "creating " + name);
        if (temporary.isEmpty()) {
            temporary = new HashMap<>();
            names = new ConcurrentHashMap<>();
        }
        temporary.put(name, made);
        names.put(made, name);
        return made;
    }
}
