package gatepost.authentication.login;

/**
 * What the operator decides about logins.
 *
 * @param shippedFromLoopback whether the accounts that ship work from this machine; elsewhere they never do
 * @param anonymous whether a CONNECT without a login is let in
 */
public record LoginRules(boolean shippedFromLoopback, boolean anonymous) {}
