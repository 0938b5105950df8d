package gatepost.authorization.broker;

import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.User;
import org.apache.activemq.broker.ConnectionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit log, the logger {@value #LOGGER}: one line for each decision, {@code key="value"} with blanks between.
 * Denials and cut sessions always, what was allowed on request. Safe for use by several threads.
 */
public final class Audit {

    /** The name of the logger. */
    public static final String LOGGER = "gatepost.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private volatile boolean allowed;

    /** Whether what was allowed is written as well: a line for every send and subscription. */
    public void writeAllowed(boolean on) {
        allowed = on;
    }

    /** Writes down a decision. */
    void decided(ConnectionContext context, String operation, String destination, Decision decision) {
        if (decision.allowed()) {
            if (allowed) {
                LOG.info(line("allowed", context, operation, destination) + field("entry", decision.entry()));
            }
        } else {
            LOG.warn(line("denied", context, operation, destination) + field("reason", decision.reason()));
        }
    }

    /** Writes down that a session was cut. */
    void cut(ConnectionContext context, String operation, String destination, String reason) {
        LOG.warn(line("cut", context, operation, destination) + field("reason", reason));
    }

    private static String line(String decision, ConnectionContext context, String operation, String destination) {
        User user = Subject.of(context).map(Subject::user).orElse(null);
        return "decision=" + SingleLine.quoted(decision)
                + field("user", user == null ? "" : user.name())
                + field("groups", user == null ? "" : String.join(",", user.groups()))
                + field("operation", operation)
                + field("destination", destination)
                + field("client", context.getClientId())
                + field("address", context.getConnection() == null ? "" : context.getConnection().getRemoteAddress());
    }

    private static String field(String key, String value) {
        return ' ' + key + '=' + SingleLine.quoted(value == null ? "" : value);
    }
}
