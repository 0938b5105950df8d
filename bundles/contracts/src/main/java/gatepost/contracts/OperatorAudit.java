package gatepost.contracts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators do, in the audit log (the logger {@value #LOGGER}): one line for each deed, {@code key="value"} with blanks between.
 * Whatever changes something on an operator's word calls this once, when it is known what became of it. Safe for use by several
 * threads.
 */
public final class OperatorAudit {

    /** The name of the logger, which sign-ins and denials have as well. */
    public static final String LOGGER = "gatepost.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private OperatorAudit() {}

    /**
     * Who does it.
     *
     * @param user the name in Karaf's realm
     * @param way by what means, as {@code console} or {@code shell}
     * @param address where from, without a port; empty for this machine's own terminal
     */
    public record Operator(String user, String way, String address) {}

    /**
     * It is done.
     *
     * @param action what, in a word, as {@code session-end}
     * @param on to what: a user, a queue, a file
     */
    public static void done(Operator operator, String action, String on) {
        LOG.info("{}", line("done", operator, action, on));
    }

    /** It was tried and is not done: not allowed, not possible, failed. */
    public static void refused(Operator operator, String action, String on, String reason) {
        LOG.warn("{}", refusal(operator, action, on, reason));
    }

    /** @return the line that {@link #refused} writes, for whoever has to bound how many there are of it */
    public static String refusal(Operator operator, String action, String on, String reason) {
        return line("refused", operator, action, on) + " reason=" + Printable.quoted(reason);
    }

    private static String line(String outcome, Operator operator, String action, String on) {
        return "event=\"operator\" outcome=\"" + outcome + "\" user=" + Printable.quoted(operator.user()) + " way="
                + Printable.quoted(operator.way()) + " address=" + Printable.quoted(operator.address()) + " action="
                + Printable.quoted(action) + " on=" + Printable.quoted(on);
    }
}
