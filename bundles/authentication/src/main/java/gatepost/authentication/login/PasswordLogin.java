package gatepost.authentication.login;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.identity.UserName;
import gatepost.authentication.realm.Effort;
import gatepost.authentication.realm.RealmLogin;
import gatepost.authentication.realm.RealmUnavailable;
import gatepost.authentication.realm.UsersFile;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.login.LoginException;

/** Signs users in with a name and a password that the realm knows. */
final class PasswordLogin {

    private static final int MAX_PASSCODE_LENGTH = 1024;

    private final RealmLogin realm;
    private final UsersFile usersFile;
    private final LoginRules rules;

    PasswordLogin(RealmLogin realm, UsersFile usersFile, LoginRules rules) {
        this.realm = realm;
        this.usersFile = usersFile;
        this.rules = rules;
    }

    /**
     * Refuses what need not be checked.
     *
     * @return what it takes to check the rest
     */
    Effort effort(String user, String password, ClientAddress address) throws SignInRefused, RealmUnavailable {
        admit(user, password, address);
        return realm.effort(user, password);
    }

    /** @throws RealmUnavailable when nobody could tell whether the password is right */
    Identity signIn(String user, String password, ClientAddress address) throws SignInRefused, RealmUnavailable {
        admit(user, password, address);
        Optional<UsersFile.User> listed = usersFile.user(user);
        try {
            Set<String> groups = new TreeSet<>(realm.groups(user, password));
            groups.removeIf(UserName::isOwn);
            return listed.isPresent()
                    ? new Identity(
                            user,
                            groups,
                            Source.USERS_FILE,
                            Instant.MAX,
                            listed.get().fingerprint())
                    : new Identity(user, groups, Source.REALM);
        } catch (LoginException e) {
            throw SignInRefused.because(String.valueOf(e.getMessage()));
        }
    }

    /** Has a user's password checked the next time. */
    void forget(String user) {
        realm.forget(user);
    }

    private void admit(String user, String password, ClientAddress address) throws SignInRefused {
        if (password.isEmpty()) {
            // some directories take a bind without a password for an anonymous one and say yes (RFC 4513, section
            // 5.1.2)
            throw SignInRefused.because("the passcode is empty");
        }
        if (password.length() > MAX_PASSCODE_LENGTH) {
            throw SignInRefused.because("the passcode is longer than " + MAX_PASSCODE_LENGTH + " characters");
        }
        if (ShippedAccounts.isShipped(user, password) && !(rules.shippedFromLoopback() && address.loopback())) {
            throw SignInRefused.because("an account with the password that ships works "
                    + (rules.shippedFromLoopback()
                            ? "from loopback only; set a password of your own for it"
                            : "nowhere"));
        }
    }
}
