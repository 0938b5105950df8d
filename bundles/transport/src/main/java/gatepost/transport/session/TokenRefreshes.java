package gatepost.transport.session;

import gatepost.contracts.Account;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.TokenAccount;
import gatepost.transport.frame.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Puts the token that a SEND to {@value #DESTINATION} has as its body in the place of the session's. No message of it says anything of the
 * body. Belongs to one session and its thread.
 */
final class TokenRefreshes {

    static final String DESTINATION = OwnDestinations.PREFIX + "token";

    /** The longest token that can be configured, and room for what programs put around one. */
    private static final int BODY_MAX = (64 << 10) + 256;

    private final Supplier<Optional<Account>> account;

    /** @param account of who is signed in */
    TokenRefreshes(Supplier<Optional<Account>> account) {
        this.account = account;
    }

    static boolean isOne(String destination) {
        return destination.trim().equals(DESTINATION);
    }

    /** @return for how long the session lasts now */
    Duration refresh(Frame frame) throws Refusal {
        OwnHeaders.requireNoMessage(frame, Set.of());
        String token = token(frame.body());
        Optional<TokenAccount> holder =
                account.get().filter(TokenAccount.class::isInstance).map(TokenAccount.class::cast);
        if (holder.isEmpty()) {
            throw new Refusal("the token was not refreshed: this session did not come with a token");
        }
        try {
            return holder.get().refresh(token);
        } catch (SecurityException | QuotaReached e) {
            throw Refusal.of(e, "SEND to " + DESTINATION);
        }
    }

    private static String token(byte[] body) throws Refusal {
        String expected = ": expected the new token, of at most " + BODY_MAX + " bytes";
        if (body.length > BODY_MAX) {
            throw new Refusal("SEND to " + DESTINATION + " has a body of " + body.length + " bytes" + expected);
        }
        String token = new String(body, StandardCharsets.UTF_8).trim();
        if (token.isEmpty()) {
            throw new Refusal("SEND to " + DESTINATION + " has no body" + expected);
        }
        return token;
    }
}
