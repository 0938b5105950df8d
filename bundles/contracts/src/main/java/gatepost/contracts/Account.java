package gatepost.contracts;

import java.time.Instant;
import java.util.Optional;
import org.apache.activemq.broker.ConnectionContext;

/** Who a connection belongs to, once it has signed in. May be asked by any thread; never blocks. */
public interface Account {

    /** @return the exact name, the same for as long as the connection lives */
    String user();

    /** @return when it signed in; this is the one place that knows, and everybody else asks here */
    Instant since();

    /**
     * Whether it is one of Gatepost's own accounts or in one of the groups that the operator trusts ({@code trusted.groups}): what
     * it sends is not rated, and it may use the last tenth of the store. Changes with the groups.
     */
    boolean isTrusted();

    /** @return whose connection it is; nothing for the broker's own work, and before anybody has signed in */
    static Optional<Account> of(ConnectionContext context) {
        return context.getSecurityContext() instanceof Account account ? Optional.of(account) : Optional.empty();
    }
}
