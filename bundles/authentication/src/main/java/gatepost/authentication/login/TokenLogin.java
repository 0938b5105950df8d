package gatepost.authentication.login;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.token.Token;
import gatepost.authentication.token.TokenRefused;
import gatepost.authentication.token.TokenVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Signs users in with a token instead of a password. */
final class TokenLogin {

    private final TokenVerifier verifier;
    private final UsersFile usersFile;
    private final InstantSource clock;

    TokenLogin(TokenVerifier verifier, UsersFile usersFile, InstantSource clock) {
        this.verifier = verifier;
        this.usersFile = usersFile;
        this.clock = clock;
    }

    /** @param login empty, or the name that the token must be for */
    Identity signIn(String login, String passcode) throws TokenRefused {
        Token token = verifier.verify(passcode);
        if (!login.isEmpty() && !login.equals(token.user())) {
            throw new TokenRefused("the login is not the sub " + token.user());
        }
        Set<String> trusted = verifier.rules().groups();
        Optional<UsersFile.User> listed = usersFile.user(token.user());
        if (listed.isPresent() && !trusted.containsAll(listed.get().groups())) {
            // whoever chooses a name in the application must not pass for the operator's account of that name
            throw new TokenRefused("the users file gives " + token.user() + " groups that token.groups does not");
        }
        Set<String> groups = new TreeSet<>(token.groups());
        groups.retainAll(trusted);
        return new Identity(
                token.user(), groups, Source.TOKEN, end(token.expires()), token.key(), Optional.of(token.facts()));
    }

    /** A token that was let in after its end, because clocks differ, lasts for as long as that difference is allowed. */
    private Instant end(Instant expires) {
        return expires.isAfter(clock.instant())
                ? expires
                : expires.plus(verifier.rules().skew());
    }
}
