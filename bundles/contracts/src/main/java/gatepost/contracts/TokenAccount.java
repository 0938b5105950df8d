package gatepost.contracts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.activemq.broker.ConnectionContext;

/** Who a connection belongs to that came with a token, and that ends with it. May be asked by any thread. */
public interface TokenAccount extends Account {

    /** @return when the session ends with the token that is in force */
    Instant expires();

    /** @return how long that is from now on, by the clock that ends the session; never less than zero */
    Duration expiresIn();

    /**
     * Puts another token of the same user in the place of the one in force: the session ends with it, and its groups count at once. Checks a
     * signature, which takes a processor some tenths of a millisecond: not to be called by an event loop.
     *
     * @param token as the client sent it; it is in no message of an exception and in no log
     * @return {@link #expiresIn} of the new one
     * @throws SecurityException when it is refused, with a message for the client; nothing has changed then
     * @throws QuotaReached when the user has refreshed too often; nothing has changed then
     */
    Duration refresh(String token) throws QuotaReached;

    /** @return whose connection it is; nothing for one that came without a token */
    static Optional<TokenAccount> of(ConnectionContext context) {
        return context.getSecurityContext() instanceof TokenAccount account ? Optional.of(account) : Optional.empty();
    }
}
