package gatepost.authentication.api;

/**
 * An account that a part of Gatepost signs in with, over STOMP like any other client. Its passcode is made anew whenever
 * authentication starts and never leaves the process: take it from this service at each connect, do not keep it.
 *
 * <p>One service for each account, with the service property {@link #NAME_PROPERTY}. The account is in one group, which has
 * the account's own name.
 */
public interface OwnAccount {

    /** The service property that holds {@link #name()}. */
    String NAME_PROPERTY = "gatepost.account";

    /** The account that the welcome signs in with. */
    String WELCOME = "gatepost-welcome";

    /** The account that the operator's routes sign in with. */
    String ROUTES = "gatepost-routes";

    /** The account that the console publishes what it shows with. */
    String CONSOLE = "gatepost-console";

    /** The account that sends what is typed on the page {@code /try}. */
    String TRY = "gatepost-try";

    /** @return what to send as {@code login} */
    String name();

    /** @return what to send as {@code passcode} */
    String passcode();
}
