package gatepost.authentication.api;

import gatepost.contracts.OperatorAccount;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes the tokens that the pages of Gatepost's own sign in with, as a browser must not hold a password. The service is there
 * while authentication is; its key is made anew whenever that starts, and never leaves the process.
 */
public interface PageTokens {

    /** Whom the console's page signs in as, and the one group that this user is in. */
    String CONSOLE_PAGE = "gatepost-console-page";

    /** A group of whoever comes with a token of {@link #shipped}, for what the page {@code /try} shows besides. */
    String TRY_PAGE = "gatepost-try-page";

    /** @return a token for {@link #CONSOLE_PAGE} */
    String console(Duration lifetime);

    /**
     * A token that the console's pages call with for an operator.
     *
     * @param account as {@link OperatorAccount} makes it
     * @return nothing for an operator whose name no user can have
     */
    Optional<String> operator(String account, Duration lifetime);

    /**
     * A token for one of the accounts that ship, worth what signing in with the password that ships is, and the group
     * {@link #TRY_PAGE}: on this machine, for as long as the account has that password.
     *
     * @return nothing when that would be refused
     */
    Optional<String> shipped(String user, Duration lifetime);
}
