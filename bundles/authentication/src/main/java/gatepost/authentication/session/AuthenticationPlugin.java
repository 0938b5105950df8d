package gatepost.authentication.session;

import gatepost.authentication.login.Authenticator;
import gatepost.metrics.MetricSource;
import java.util.function.Supplier;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerPlugin;

/** Puts authentication into a broker's chain; may be asked to again and again, as the chain is put together anew. */
public final class AuthenticationPlugin implements BrokerPlugin {

    private final Supplier<Authenticator> authenticator;
    private final Sessions sessions;
    private final SignInLog log = new SignInLog();

    /** @param authenticator the one of the configuration in force */
    public AuthenticationPlugin(Supplier<Authenticator> authenticator, Sessions sessions) {
        this.authenticator = authenticator;
        this.sessions = sessions;
    }

    /** What it counts. */
    public MetricSource metrics() {
        return log;
    }

    @Override
    public Broker installPlugin(Broker next) {
        // a filter that is taken out of the chain does not hear of the connections that are closed after that
        sessions.startAnew();
        return new AuthenticationFilter(next, authenticator, sessions, log);
    }
}
