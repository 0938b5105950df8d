package gatepost.authentication.login;

import gatepost.authentication.api.PageTokens;
import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.identity.UserName;
import gatepost.authentication.login.SignInRefused.Kind;
import gatepost.authentication.realm.Effort;
import gatepost.authentication.realm.RealmLogin;
import gatepost.authentication.realm.RealmUnavailable;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.throttle.Throttle;
import gatepost.authentication.token.Token;
import gatepost.authentication.token.TokenRefused;
import gatepost.authentication.token.TokenVerifier;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Answers who a client is, from what its CONNECT frame says and where it comes from. One object for each configuration; safe
 * for use by several threads.
 */
public final class Authenticator {

    /** What a client reads that sent a new token, with the reason behind it. */
    public static final String NOT_REFRESHED = "the token was not refreshed: ";

    private final OwnAccounts ownAccounts;
    private final Throttle throttle;
    private final PasswordChecks checks;
    private final PasswordLogin passwords;
    private final TokenLogin tokens;
    private final LoginRules rules;
    private final RevocationCheck revocations;
    private final InstantSource clock;

    /** For whoever checks few passwords, and revokes nothing. */
    public Authenticator(
            RealmLogin realm,
            UsersFile usersFile,
            TokenVerifier tokens,
            OwnAccounts ownAccounts,
            Throttle throttle,
            LoginRules rules,
            InstantSource clock) {
        this(
                realm,
                usersFile,
                tokens,
                ownAccounts,
                throttle,
                new PasswordChecks(CheckRules.DEFAULT),
                rules,
                RevocationCheck.NONE,
                clock);
    }

    /**
     * @param checks where passwords are checked; outlives this object
     * @param revocations what is not accepted although it is right; outlives this object
     */
    public Authenticator(
            RealmLogin realm,
            UsersFile usersFile,
            TokenVerifier tokens,
            OwnAccounts ownAccounts,
            Throttle throttle,
            PasswordChecks checks,
            LoginRules rules,
            RevocationCheck revocations,
            InstantSource clock) {
        this.checks = checks;
        this.revocations = revocations;
        this.ownAccounts = ownAccounts;
        this.throttle = throttle;
        this.passwords = new PasswordLogin(realm, usersFile, rules);
        this.tokens = new TokenLogin(tokens, usersFile, clock);
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Checks a login. Blocks for as long as the realm's login modules do, and while others' passwords are being checked; not to be
     * called by an event loop.
     *
     * @param login the frame's {@code login}; may be null
     * @param passcode the frame's {@code passcode}; may be null
     */
    public Identity signIn(String login, String passcode, ClientAddress address) throws SignInRefused {
        Identity identity = identify(login, passcode, address);
        requireNotRevoked(identity, "sign-in refused: ");
        return identity;
    }

    /** Has a user's password checked the next time, although it was right a moment ago; any thread. */
    public void forget(String user) {
        passwords.forget(user);
    }

    /**
     * Checks a token that is to take the place of the one that a session came with. Checks a signature: not to be called by an event loop.
     *
     * @param now who the session belongs to
     * @param text as the client sent it
     * @throws SignInRefused says nothing of the token but what is wrong with it
     */
    public Identity refresh(Identity now, String text) throws SignInRefused {
        if (now.source() != Source.TOKEN) {
            throw new SignInRefused(
                    Kind.REFUSED,
                    NOT_REFRESHED + "this session did not come with a token of the application",
                    "the session did not come with a token of the application");
        }
        Identity next = refreshed(TokenVerifier.withoutWrapping(text));
        if (!next.user().equals(now.user())) {
            throw new SignInRefused(
                    Kind.REFUSED, NOT_REFRESHED + "the new one is another user's", "token: the sub is " + next.user());
        }
        requireNotRevoked(next, NOT_REFRESHED);
        return next;
    }

    private Identity refreshed(String token) throws SignInRefused {
        try {
            return tokens.signIn("", token);
        } catch (TokenRefused e) {
            throw new SignInRefused(
                    e.expired() ? Kind.EXPIRED : Kind.REFUSED,
                    NOT_REFRESHED + (e.expired() ? "the new one has expired" : "the new one is not accepted"),
                    "token: " + e.getMessage());
        }
    }

    /** Gatepost's own accounts cannot be revoked, and whoever has no name has nothing that could be. */
    private void requireNotRevoked(Identity identity, String what) throws SignInRefused {
        if (identity.source() == Source.OWN || identity.source() == Source.ANONYMOUS) {
            return;
        }
        try {
            Optional<String> revoked = revocations.revoked(identity);
            if (revoked.isPresent()) {
                throw new SignInRefused(
                        Kind.REVOKED, what + revoked.get() + " was revoked", revoked.get() + " was revoked");
            }
        } catch (IOException e) {
            // nobody is let in who may have been shut out
            throw new SignInRefused(
                    Kind.UNAVAILABLE,
                    SignInRefused.NOT_POSSIBLE + ", try again later",
                    "it is not known what is revoked: " + e.getMessage());
        }
    }

    private Identity identify(String login, String passcode, ClientAddress address) throws SignInRefused {
        String user = login == null ? "" : login;
        String secret = passcode == null ? "" : TokenVerifier.withoutWrapping(passcode);
        if (TokenVerifier.isToken(secret)) {
            return withToken(user, secret, address);
        }
        if (user.isEmpty()) {
            return withoutLogin(secret, address);
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

    /**
     * A good token never waits: nobody can guess one, so failures of others at its address say nothing about it. One that has
     * expired is no guess either.
     */
    private Identity withToken(String login, String token, ClientAddress address) throws SignInRefused {
        try {
            return ownAccounts.tokens().claims(token)
                    ? withOwnToken(login, token, address)
                    : tokens.signIn(login, token);
        } catch (TokenRefused e) {
            if (e.expired()) {
                throw new SignInRefused(
                        Kind.EXPIRED, "sign-in refused: the token has expired", "token: " + e.getMessage());
            }
            throttle.failed(address.key());
            throw new SignInRefused(
                    Kind.REFUSED, "sign-in refused: the token is not accepted", "token: " + e.getMessage());
        }
    }

    /** Of an account that ships such a token stands for the password that ships, with all that is asked of that. */
    private Identity withOwnToken(String login, String text, ClientAddress address) throws TokenRefused, SignInRefused {
        Token token = ownAccounts.tokens().verify(text, clock);
        if (!login.isEmpty() && !login.equals(token.user())) {
            throw new TokenRefused("the login is not the sub " + token.user());
        }
        Optional<String> group = OwnTokens.group(token.user());
        if (group.isPresent()) {
            return new Identity(token.user(), Set.of(group.get()), Source.OWN, token.expires(), "");
        }
        Identity identity = withShippedPassword(token.user(), address);
        Set<String> groups = new HashSet<>(identity.groups());
        groups.add(PageTokens.TRY_PAGE);
        return new Identity(identity.user(), groups, identity.source(), token.expires(), identity.credential());
    }

    /**
     * Signs in with the password that an account ships with.
     *
     * @throws SignInRefused when it has another one, is none of these, or they do not work from there
     */
    public Identity withShippedPassword(String user, ClientAddress address) throws SignInRefused {
        try {
            String password = ShippedAccounts.password(user);
            return checks.run(
                    passwords.effort(user, password, address),
                    user,
                    address.key(),
                    false,
                    () -> passwords.signIn(user, password, address));
        } catch (RealmUnavailable e) {
            throw SignInRefused.because(String.valueOf(e.getMessage()));
        }
    }

    private Identity withPassword(String user, String password, ClientAddress address) throws SignInRefused {
        refuseWhile(throttle.wait(user, address.key()));
        try {
            Effort effort = effort(user, password, address);
            return effort == Effort.NONE
                    ? atOnce(user, password, address)
                    : checks.run(
                            effort,
                            user,
                            address.key(),
                            throttle.isKnown(user, address.key()),
                            () -> slowly(user, password, address));
        } catch (RealmUnavailable e) {
            throw new SignInRefused(Kind.UNAVAILABLE, SignInRefused.NOT_POSSIBLE, String.valueOf(e.getMessage()));
        }
    }

    private Effort effort(String user, String password, ClientAddress address) throws SignInRefused, RealmUnavailable {
        try {
            return passwords.effort(user, password, address);
        } catch (SignInRefused e) {
            throttle.failed(user, address.key());
            throw e;
        }
    }

    /** What it turned out to be is told only to as many as may try, however many are looked at in the same moment. */
    private Identity atOnce(String user, String password, ClientAddress address)
            throws SignInRefused, RealmUnavailable {
        try {
            Identity identity = passwords.signIn(user, password, address);
            refuseWhile(throttle.settle(user, address.key(), true));
            return identity;
        } catch (SignInRefused e) {
            if (e.kind() != Kind.THROTTLED) {
                refuseWhile(throttle.settle(user, address.key(), false));
            }
            throw e;
        }
    }

    /** Counted before it is checked, and given back if it was right: those that wait for a check are refused once the limit is reached. */
    private Identity slowly(String user, String password, ClientAddress address)
            throws SignInRefused, RealmUnavailable {
        refuseWhile(throttle.begin(user, address.key()));
        try {
            Identity identity = passwords.signIn(user, password, address);
            throttle.right(user, address.key());
            return identity;
        } catch (RealmUnavailable | RuntimeException e) {
            throttle.giveBack(user, address.key());
            throw e;
        }
    }

    private static void refuseWhile(Duration wait) throws SignInRefused {
        if (!wait.isZero()) {
            throw new SignInRefused(
                    Kind.THROTTLED,
                    "sign-in refused: too many failed attempts, try again in " + (wait.toSeconds() + 1) + " seconds",
                    "too many failed attempts, not checked");
        }
    }

    /** A passcode without a name is a mistake, not a wish to be nobody. */
    private Identity withoutLogin(String passcode, ClientAddress address) throws SignInRefused {
        if (!passcode.isEmpty() || !rules.anonymous()) {
            throw loginRequired("CONNECT without a login");
        }
        if (address.stranger()) {
            throw loginRequired("nobody comes without a login from a page of another host or through a proxy");
        }
        return new Identity(UserName.ANONYMOUS, Set.of(UserName.ANONYMOUS), Source.ANONYMOUS);
    }

    private static SignInRefused loginRequired(String reason) {
        return new SignInRefused(Kind.REFUSED, "sign-in refused: a login is required", reason);
    }

    private Identity own(String user, String passcode) throws SignInRefused {
        if (!ownAccounts.accepts(user, passcode)) {
            throw SignInRefused.because("names that begin with " + UserName.OWN_PREFIX + " are Gatepost's own");
        }
        return new Identity(user, Set.of(user), Source.OWN);
    }
}
