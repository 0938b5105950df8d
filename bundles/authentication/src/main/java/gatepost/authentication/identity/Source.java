package gatepost.authentication.identity;

/** What vouched for a user. */
public enum Source {
    /** The users file, whose changes reach live sessions. */
    USERS_FILE,
    /** Another login module of the realm, such as LDAP; its groups hold until the session ends. */
    REALM,
    /** A signed token; the session ends when it does. */
    TOKEN,
    /** A secret handed over inside the process. */
    OWN,
    /** Nobody: the operator allows sessions without a login. */
    ANONYMOUS
}
