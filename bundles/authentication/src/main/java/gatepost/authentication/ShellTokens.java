package gatepost.authentication;

import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.token.KeyFault;
import gatepost.authentication.token.Token;
import gatepost.authentication.token.TokenKey;
import gatepost.authentication.token.TokenMint;
import gatepost.authentication.token.TokenRefused;
import gatepost.authentication.token.TokenVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What the shell's commands do with tokens, always under the configuration in force. Safe for use by several threads. */
public final class ShellTokens {

    private final Supplier<AuthenticationSettings> settings;
    private final InstantSource clock;

    ShellTokens(Supplier<AuthenticationSettings> settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param lifetime more than zero
     * @param keyId which key signs; empty for the first that can
     * @throws KeyFault when no such key can sign
     */
    public String mint(String user, List<String> groups, Duration lifetime, String keyId) throws KeyFault {
        AuthenticationSettings now = settings.get();
        return new TokenMint(now.keys(), now.tokens(), clock).mint(user, groups, lifetime, keyId);
    }

    /** Checks a token as a sign-in would, without signing anybody in. */
    public Token check(String token) throws TokenRefused {
        AuthenticationSettings now = settings.get();
        return new TokenVerifier(now.keys(), now.tokens(), clock).verify(token);
    }

    /** The groups that a token can put its user into. */
    public Set<String> groups() {
        return new TreeSet<>(settings.get().tokens().groups());
    }

    /** The ids of the keys that can sign. */
    public List<String> signingKeys() {
        return settings.get().keys().all().stream()
                .filter(key -> key.signer().isPresent())
                .map(TokenKey::id)
                .toList();
    }

    /** The users of the users file. */
    public Set<String> users() {
        UsersFile usersFile = settings.get().usersFile();
        return new TreeSet<>(usersFile.users().keySet());
    }
}
