package gatepost.client;

/**
 * The service that connects parts of Gatepost to its broker as the accounts of their own, over whatever connector of the scheme
 * {@code stomp} is open. Safe for use by several threads.
 */
public interface Connections {

    /**
     * @param account whose rights it has, such as {@code gatepost-routes}
     * @return the connection that all of that account share
     * @throws IllegalArgumentException when there is no such account
     */
    SharedConnection connection(String account);

    /**
     * @param account whose rights its messages have, such as {@code gatepost-console}
     * @return a publisher, connected from now on until it is closed; all of an account share one connection
     * @throws IllegalArgumentException when there is no such account
     */
    Publisher publisher(String account);

    /** @return whether an account is connected, and where to or why not, for people */
    default String state(String account) {
        return connection(account).state().text();
    }
}
