package gatepost.broker.connector;

import gatepost.contracts.ConnectorTransport;
import gatepost.contracts.Scheme;
import gatepost.threads.DaemonThreads;
import gatepost.threads.RepeatedTask;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.BrokerService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * All connectors, opened and closed together as the gate opens and closes, and each alone as its configuration or its
 * transport comes and goes. A transport is a {@link ConnectorTransport} service.
 *
 * <p>Whatever a connector does, it does under this object's lock.
 */
@Component(service = Connectors.class)
public final class Connectors {

    private static final long RETRY_SECONDS = 2;

    private final List<Connector> connectors = new ArrayList<>();
    private final Map<Scheme, ConnectorTransport> transports = new EnumMap<>(Scheme.class);
    private final ScheduledExecutorService retries =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gatepost-connector-retry"));
    private BrokerService broker;

    public Connectors() {
        retries.scheduleWithFixedDelay(
                new RepeatedTask("the opening of connectors", this::retry),
                RETRY_SECONDS,
                RETRY_SECONDS,
                TimeUnit.SECONDS);
    }

    @Deactivate
    void deactivate() {
        retries.shutdownNow();
        close();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeTransport")
    synchronized void addTransport(ConnectorTransport transport) {
        transport.schemes().forEach(scheme -> transports.put(scheme, transport));
        connectors.forEach(connector -> connector.open(broker, transports));
    }

    synchronized void removeTransport(ConnectorTransport transport) {
        for (Scheme scheme : transport.schemes()) {
            if (transports.remove(scheme, transport)) {
                connectors.stream().filter(connector -> connector.isOf(scheme)).forEach(Connector::close);
            }
        }
    }

    /** Lets clients in. */
    public synchronized void open(BrokerService running) {
        broker = running;
        connectors.forEach(connector -> connector.open(broker, transports));
    }

    /** Closes every socket and cuts every session; returns when that is done. */
    public synchronized void close() {
        broker = null;
        connectors.forEach(Connector::close);
    }

    /** @return what an operator should know of each connector, ordered by name */
    public synchronized List<ConnectorStatus> status() {
        return connectors.stream()
                .map(Connector::status)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    synchronized void add(Connector connector) {
        connectors.add(connector);
        connector.open(broker, transports);
    }

    synchronized void remove(Connector connector) {
        connectors.remove(connector);
        connector.close();
    }

    synchronized void change(Connector connector, Runnable change) {
        change.run();
        connector.open(broker, transports);
    }

    private synchronized void retry() {
        connectors.forEach(connector -> connector.open(broker, transports));
    }
}
