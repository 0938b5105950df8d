package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.ClientAddress;
import gatepost.authentication.login.SignInRefused;
import gatepost.contracts.Client;
import gatepost.contracts.SignInDenied;
import java.util.function.Supplier;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionInfo;

/** Lets nobody past whom the {@link Authenticator} does not know, and says in the connection's context who it is. */
final class AuthenticationFilter extends BrokerFilter {

    private final Supplier<Authenticator> authenticator;
    private final Sessions sessions;
    private final SignInLog log;
    private final Session.Refresher refresher;

    AuthenticationFilter(
            Broker next,
            Supplier<Authenticator> authenticator,
            Sessions sessions,
            SignInLog log,
            Session.Refresher refresher) {
        super(next);
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.log = log;
        this.refresher = refresher;
    }

    @Override
    public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
        Identity identity = signIn(context, info);
        boolean caller = Client.of(info).map(Client::isCaller).orElse(false);
        Session session = sessions.open(context, identity, caller, refresher);
        context.setSecurityContext(session.security());
        Client.of(info).ifPresent(client -> client.signedIn(session.security()));
        info.setUserName(identity.user());
        // the connection's state keeps this object for as long as the session lives; the secret need not stay in it
        info.setPassword(null);
        if (info.getClientId() != null) {
            info.setClientId(identity.user() + "/" + info.getClientId());
            context.setClientId(info.getClientId());
        }
        try {
            super.addConnection(context, info);
        } catch (Exception e) {
            sessions.closed(context);
            throw e;
        }
        sessions.begun(session);
    }

    @Override
    public void removeConnection(ConnectionContext context, ConnectionInfo info, Throwable error) throws Exception {
        sessions.closed(context);
        super.removeConnection(context, info, error);
    }

    private Identity signIn(ConnectionContext context, ConnectionInfo info) {
        String address =
                context.getConnection() == null ? null : context.getConnection().getRemoteAddress();
        try {
            Identity identity = authenticator
                    .get()
                    .signIn(
                            info.getUserName(),
                            info.getPassword(),
                            ClientAddress.of(address).with(Client.of(info).flatMap(Client::page)));
            log.accepted(identity, address);
            return identity;
        } catch (SignInRefused e) {
            log.refused(info.getUserName(), address, e);
            throw new SignInDenied(why(e.kind()), e.getMessage());
        }
    }

    private static SignInDenied.Why why(SignInRefused.Kind kind) {
        return switch (kind) {
            case REFUSED, EXPIRED, REVOKED -> SignInDenied.Why.NO_PROOF;
            case THROTTLED -> SignInDenied.Why.TOO_MANY_FAILURES;
            case UNAVAILABLE, BUSY -> SignInDenied.Why.NOT_POSSIBLE;
        };
    }
}
