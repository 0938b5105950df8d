package gatepost.broker;

import gatepost.configuration.ConfigurationCheck;
import gatepost.configuration.ConfigurationProblems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says what would be wrong with another configuration of the broker, and whether the broker would restart for it. */
@Component(property = ConfigurationCheck.PID + "=" + EmbeddedBroker.PID)
public final class BrokerCheck implements ConfigurationCheck {

    private final EmbeddedBroker broker;

    @Activate
    public BrokerCheck(@Reference EmbeddedBroker broker) {
        this.broker = broker;
    }

    @Override
    public List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems {
        BrokerSettings next = BrokerSettings.of(new HashMap<>(properties));
        return broker.restartsFor(next)
                ? List.of("The embedded broker would restart: every connection would be closed and come back.")
                : List.of();
    }
}
