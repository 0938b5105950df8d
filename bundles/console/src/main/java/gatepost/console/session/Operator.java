package gatepost.console.session;

import gatepost.console.web.Answers;
import gatepost.contracts.OperatorAudit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Who asks for something under {@code /api/}: {@link OperatorsOnly} has let them in.
 *
 * @param user the name in Karaf's realm
 * @param address where from, without a port
 */
public record Operator(String user, Role role, String address) {

    private static final String ATTRIBUTE = Operator.class.getName();

    /** @throws IllegalStateException for a request that is not under {@code /api/} */
    public static Operator of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Operator operator) {
            return operator;
        }
        throw new IllegalStateException(request.getRequestURI() + " is not for operators only");
    }

    void attach(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    public boolean isAdministrator() {
        return role == Role.ADMIN;
    }

    /**
     * Whether the operator may see what is in messages; a viewer may not, and is told so. What changes something needs no asking: it is no
     * GET, and {@link OperatorsOnly} has refused it.
     */
    public boolean maySeeContent(HttpServletResponse response) throws IOException {
        if (!isAdministrator()) {
            Answers.error(response, HttpServletResponse.SC_FORBIDDEN, "A viewer does not see what is in messages.");
        }
        return isAdministrator();
    }

    /** Writes to the audit log that it is done; see {@link OperatorAudit#done}. */
    public void did(String action, String on) {
        OperatorAudit.done(forAudit(), action, on);
    }

    /** Writes to the audit log that it is not done; see {@link OperatorAudit#refused}. */
    public void didNot(String action, String on, String reason) {
        OperatorAudit.refused(forAudit(), action, on, reason);
    }

    private OperatorAudit.Operator forAudit() {
        return forAudit(user, address);
    }

    /** @return whoever that is, as the audit log has who uses the console */
    static OperatorAudit.Operator forAudit(String user, String address) {
        return new OperatorAudit.Operator(user, "console", address);
    }
}
