package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.SignInRefused;
import gatepost.contracts.QuotaReached;
import java.util.function.Supplier;

/** Replaces the token of a live session: within the user's budget, checked as at sign-in, and written to the audit. Any thread. */
final class TokenRefresh implements Session.Refresher {

    private final Supplier<Authenticator> authenticator;
    private final Sessions sessions;
    private final RefreshBudget budget;
    private final SignInLog log;

    TokenRefresh(Supplier<Authenticator> authenticator, Sessions sessions, RefreshBudget budget, SignInLog log) {
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.budget = budget;
        this.log = log;
    }

    @Override
    public void refresh(Session session, String token) throws QuotaReached {
        String user = session.identity().user();
        String address = session.context().getConnection().getRemoteAddress();
        try {
            budget.take(user);
        } catch (QuotaReached e) {
            log.refreshLimited(user, address, e.getMessage());
            throw e;
        }
        try {
            Identity next = authenticator.get().refresh(session.identity(), token);
            sessions.refresh(session, next);
            log.refreshed(next, address);
        } catch (SignInRefused e) {
            log.refreshRefused(user, address, e);
            throw new SecurityException(e.getMessage());
        }
    }
}
