package gatepost.authentication;

import gatepost.authentication.api.PageTokens;
import gatepost.authentication.identity.UserName;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.ClientAddress;
import gatepost.authentication.login.OwnTokens;
import gatepost.authentication.login.SignInRefused;
import gatepost.contracts.OperatorAccount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the tokens under the configuration in force. Safe for use by several threads. */
final class IssuedPageTokens implements PageTokens {

    private static final Logger LOG = LoggerFactory.getLogger(IssuedPageTokens.class);

    private final OwnTokens tokens;
    private final Supplier<Authenticator> authenticator;
    private final InstantSource clock;

    IssuedPageTokens(OwnTokens tokens, Supplier<Authenticator> authenticator, InstantSource clock) {
        this.tokens = tokens;
        this.authenticator = authenticator;
        this.clock = clock;
    }

    @Override
    public String console(Duration lifetime) {
        return tokens.mint(CONSOLE_PAGE, lifetime, clock);
    }

    @Override
    public Optional<String> operator(String account, Duration lifetime) {
        if (OperatorAccount.group(account).isEmpty()) {
            throw new IllegalArgumentException(account + " is no operator's account");
        }
        return UserName.fault(account).isPresent()
                ? Optional.empty()
                : Optional.of(tokens.mint(account, lifetime, clock));
    }

    @Override
    public Optional<String> shipped(String user, Duration lifetime) {
        try {
            authenticator.get().withShippedPassword(user, ClientAddress.LOOPBACK);
            return Optional.of(tokens.mint(user, lifetime, clock));
        } catch (SignInRefused e) {
            LOG.debug("no token for {}: {}", user, e.reason());
            return Optional.empty();
        }
    }
}
