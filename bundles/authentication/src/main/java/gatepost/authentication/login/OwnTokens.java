package gatepost.authentication.login;

import gatepost.authentication.api.PageTokens;
import gatepost.authentication.token.KeyFault;
import gatepost.authentication.token.Token;
import gatepost.authentication.token.TokenKeys;
import gatepost.authentication.token.TokenMint;
import gatepost.authentication.token.TokenRefused;
import gatepost.authentication.token.TokenRules;
import gatepost.authentication.token.TokenVerifier;
import gatepost.contracts.OperatorAccount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tokens for Gatepost's own pages. They have a key of their own: the operator's keys and rules are nothing to them. */
public final class OwnTokens {

    private static final TokenRules RULES = new TokenRules(Set.of(), Set.of(), Set.of(), Duration.ZERO, 1024);

    private final TokenKeys keys = TokenKeys.random();
    private final String header;

    OwnTokens() {
        // every token of one key has the same header, which names the key
        String any = mint("any", Duration.ofSeconds(1), InstantSource.system());
        header = any.substring(0, any.indexOf('.') + 1);
    }

    /** @param lifetime more than zero */
    public String mint(String user, Duration lifetime, InstantSource clock) {
        try {
            return new TokenMint(keys, RULES, clock).mint(user, List.of(), lifetime, "");
        } catch (KeyFault e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a token says that it is one of these; it may still be forged. */
    boolean claims(String token) {
        return token.startsWith(header);
    }

    /** @return the one group that who comes with a token of that name is in, where the name is one of Gatepost's own */
    static Optional<String> group(String user) {
        return user.equals(PageTokens.CONSOLE_PAGE) ? Optional.of(user) : OperatorAccount.group(user);
    }

    /** Checks a token; its groups say nothing. */
    Token verify(String token, InstantSource clock) throws TokenRefused {
        return new TokenVerifier(keys, RULES, clock, user -> group(user).isPresent()).verify(token);
    }
}
