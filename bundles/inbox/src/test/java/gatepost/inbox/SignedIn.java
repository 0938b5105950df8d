package gatepost.inbox;

import gatepost.contracts.Account;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import org.apache.activemq.security.SecurityContext;

/** Somebody whom authentication let in. */
final class SignedIn extends SecurityContext implements Account {

    private final boolean trusted;

    SignedIn(String user, boolean trusted) {
        super(user);
        this.trusted = trusted;
    }

    @Override
    public String user() {
        return getUserName();
    }

    @Override
    public Instant since() {
        return Instant.EPOCH;
    }

    @Override
    public boolean isTrusted() {
        return trusted;
    }

    @Override
    public Set<Principal> getPrincipals() {
        return Set.of();
    }
}
