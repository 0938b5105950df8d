package gatepost.client;

/**
 * What a connection signs in with.
 *
 * @param login the account
 * @param passcode its secret, never logged
 */
public record Credentials(String login, String passcode) {

    @Override
    public String toString() {
        return login;
    }
}
