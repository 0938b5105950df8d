package gatepost.authentication.realm;

/** The realm could not be asked, for example because its LDAP server does not answer; says nothing about the password. */
public final class RealmUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    RealmUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
