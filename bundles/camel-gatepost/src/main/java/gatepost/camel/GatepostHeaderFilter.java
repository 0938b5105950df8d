package gatepost.camel;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * Which headers cross between a STOMP message and a Camel message. Camel's own ({@code Camel*}, whatever their case) cross in
 * neither direction: a component obeys them, so nobody outside may set one. Those that STOMP or Gatepost gives a meaning of its own,
 * and secrets that come along with an HTTP request, do not go out. What the server says of a message comes in only as the server
 * writes it, since Camel does not tell {@code Message-Id} from {@code message-id}.
 */
final class GatepostHeaderFilter extends DefaultHeaderFilterStrategy {

    private static final Set<String> NOT_SENT = Set.of(
            "destination",
            "id",
            "receipt",
            "receipt-id",
            "transaction",
            "ack",
            "content-length",
            "subscription",
            "message-id",
            "login",
            "passcode",
            "original-destination",
            "redelivered",
            "timestamp",
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie");

    private static final Set<String> SAID_BY_THE_SERVER = Set.of(
            "destination",
            "subscription",
            "message-id",
            "ack",
            "content-length",
            "redelivered",
            "original-destination");

    /** Begins what only Gatepost says of a message, and what it refuses on one that it sends on. */
    private static final String GATEPOST = "gatepost-";

    /** What a route may say of a message that goes to an inbox: whether that keeps it once it is done. */
    private static final String HISTORY = "gatepost-history";

    GatepostHeaderFilter() {
        setLowerCase(true);
        setInFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
        setOutFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NOT_SENT.contains(lower)
                || lower.startsWith(GATEPOST) && !(name.equals(HISTORY) && isFlag(value))
                || lower.startsWith("activemq.")
                || lower.equals("transformation")
                || lower.equals("persistent") && !isFlag(value)
                || super.applyFilterToCamelHeaders(name, value, exchange);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        String lower = name.toLowerCase(Locale.ROOT);
        return (SAID_BY_THE_SERVER.contains(lower) || lower.startsWith(GATEPOST)) && !name.equals(lower)
                || super.applyFilterToExternalHeaders(name, value, exchange);
    }

    private static boolean isFlag(Object value) {
        return "true".equals(String.valueOf(value)) || "false".equals(String.valueOf(value));
    }
}
