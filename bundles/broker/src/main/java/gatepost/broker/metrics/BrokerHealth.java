package gatepost.broker.metrics;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.connector.ConnectorStatus;
import gatepost.broker.connector.Connectors;
import gatepost.metrics.health.HealthCheck;
import gatepost.store.JournalStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.usage.StoreUsage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether clients can come in and leave messages here. */
@Component(service = HealthCheck.class, property = HealthCheck.NAME + "=broker")
public final class BrokerHealth implements HealthCheck {

    private final EmbeddedBroker broker;
    private final Connectors connectors;

    @Activate
    public BrokerHealth(@Reference EmbeddedBroker broker, @Reference Connectors connectors) {
        this.broker = broker;
        this.connectors = connectors;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!broker.problem().isEmpty()) {
            problems.add(broker.problem());
        }
        List<ConnectorStatus> all = connectors.status();
        if (all.isEmpty()) {
            problems.add("there is no connector: etc/gatepost.connector-NAME.cfg makes one");
        }
        for (ConnectorStatus connector : all) {
            if (!connector.open()) {
                problems.add("connector " + connector.name() + " is closed: " + connector.problem());
            }
        }
        broker.running()
                .flatMap(BrokerMetrics::store)
                .flatMap(JournalStore::problem)
                .ifPresent(problems::add);
        broker.running().map(BrokerService::getSystemUsage).ifPresent(usage -> {
            StoreUsage store = usage.getStoreUsage();
            if (store.getUsage() >= store.getLimit()) {
                problems.add("the store is full: it takes " + store.getUsage() + " of " + store.getLimit() + " bytes");
            }
        });
        return problems;
    }
}
