package gatepost.authentication.session;

import gatepost.authentication.login.Authenticator;
import gatepost.metrics.MetricSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerPlugin;

/** Puts authentication into a broker's chain; may be asked to again and again, as the chain is put together anew. */
public final class AuthenticationPlugin implements BrokerPlugin {

    private final Supplier<Authenticator> authenticator;
    private final Sessions sessions;
    private final SignInLog log;
    private final TokenRefresh refresh;
    private final Consumer<Broker> broker;

    /**
     * @param authenticator the one of the configuration in force
     * @param budget how often tokens may be refreshed
     * @param auditAll whether the audit log has accepted sign-ins as well, now
     * @param broker told of each broker into whose chain this is put, before anybody signs in there
     */
    public AuthenticationPlugin(
            Supplier<Authenticator> authenticator,
            Sessions sessions,
            RefreshBudget budget,
            BooleanSupplier auditAll,
            Consumer<Broker> broker) {
        this.log = new SignInLog(auditAll);
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.refresh = new TokenRefresh(authenticator, sessions, budget, log);
        this.broker = broker;
    }

    /** What it counts. */
    public MetricSource metrics() {
        return log;
    }

    @Override
    public Broker installPlugin(Broker next) {
        // a filter that is taken out of the chain does not hear of the connections that are closed after that
        sessions.startAnew();
        broker.accept(next);
        return new AuthenticationFilter(next, authenticator, sessions, log, refresh);
    }
}
