package gatepost.authentication.login;

import gatepost.authentication.realm.RealmLogin;
import gatepost.authentication.realm.RealmUnavailable;
import gatepost.authentication.realm.UsersFile;
import java.util.Optional;
import java.util.Set;

/**
 * Answers who a client is, from what its CONNECT frame says and where it comes from. One object for each configuration; safe
 * for use by several threads.
 */
public final class Authenticator {

    private final OwnAccounts ownAccounts;
    private final PasswordLogin passwords;
    private final LoginRules rules;

    public Authenticator(RealmLogin realm, UsersFile usersFile, OwnAccounts ownAccounts, LoginRules rules) {
        this.ownAccounts = ownAccounts;
        this.passwords = new PasswordLogin(realm, usersFile, rules);
        this.rules = rules;
    }

    /**
     * Checks a login. Blocks for as long as the realm's login modules do.
     *
     * @param login the frame's {@code login}; may be null
     * @param passcode the frame's {@code passcode}; may be null
     */
    public Identity signIn(String login, String passcode, ClientAddress address) throws SignInRefused {
        String user = login == null ? "" : login;
        String secret = passcode == null ? "" : passcode;
        if (user.isEmpty()) {
            return withoutLogin(secret);
        }
        Optional<String> fault = UserName.fault(user);
        if (fault.isPresent()) {
            throw SignInRefused.because(fault.get());
        }
        if (UserName.isOwn(user)) {
            return own(user, secret);
        }
        if (user.equals(UserName.ANONYMOUS)) {
            throw SignInRefused.because("the name " + user + " is kept for those who come without a login");
        }
        return withPassword(user, secret, address);
    }

    private Identity withPassword(String user, String password, ClientAddress address) throws SignInRefused {
        try {
            return passwords.signIn(user, password, address);
        } catch (RealmUnavailable e) {
            throw new SignInRefused("sign-in is not possible at the moment", String.valueOf(e.getMessage()));
        }
    }

    /** A passcode without a name is a mistake, not a wish to be nobody. */
    private Identity withoutLogin(String passcode) throws SignInRefused {
        if (!passcode.isEmpty() || !rules.anonymous()) {
            throw new SignInRefused("sign-in refused: a login is required", "CONNECT without a login");
        }
        return new Identity(UserName.ANONYMOUS, Set.of(UserName.ANONYMOUS), Source.ANONYMOUS);
    }

    private Identity own(String user, String passcode) throws SignInRefused {
        if (!ownAccounts.accepts(user, passcode)) {
            throw SignInRefused.because("names that begin with " + UserName.OWN_PREFIX + " are Gatepost's own");
        }
        return new Identity(user, Set.of(user), Source.OWN);
    }
}
