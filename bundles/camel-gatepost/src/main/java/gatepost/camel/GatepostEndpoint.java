package gatepost.camel;

import gatepost.client.SharedConnection;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code gatepost:user.alice}, which is {@code gatepost:queue://user.alice}, or {@code gatepost:topic://news}; the bundle's
 * README has the options.
 */
@UriEndpoint(firstVersion = "4.14.1", scheme = "gatepost", title = "Gatepost", syntax = "gatepost:destination")
public final class GatepostEndpoint extends DefaultEndpoint {

    @UriPath(description = "A queue, or topic://NAME")
    private final String destination;

    @UriParam(
            defaultValue = "10000",
            description = "Milliseconds that a message may wait for a connection and its receipt")
    private long requestTimeout = 10_000;

    @UriParam(defaultValue = "1", description = "Messages that the route takes at a time")
    private int concurrentConsumers = 1;

    @UriParam(defaultValue = "100", description = "Messages that are fetched ahead")
    private int prefetch = 100;

    @UriParam(description = "Which messages to take, as ActiveMQ's selectors have it")
    private String selector;

    @UriParam(defaultValue = "5", description = "How often a message that the route failed on is tried again")
    private int maximumRedeliveries = 5;

    @UriParam(
            defaultValue = "1000",
            description = "Milliseconds before the first of these, doubled for each further one")
    private long redeliveryDelay = 1000;

    @UriParam(
            description =
                    "The name by which an inbox remembers how far the route has come; by default CONTEXT.ROUTE. It takes no selector")
    private String device;

    private final GatepostComponent component;

    GatepostEndpoint(String uri, GatepostComponent component, String destination) {
        super(uri, component);
        this.component = component;
        this.destination = destination;
    }

    @Override
    public Producer createProducer() {
        return new GatepostProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        GatepostConsumer consumer = new GatepostConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /** Whether a queue is an inbox may change; Gatepost says when it is none. */
    void requireDevice() {
        if (device == null) {
            return;
        }
        if (!DeviceName.isFit(device)) {
            throw new IllegalArgumentException("device=" + device + ": expected " + DeviceName.EXPECTED);
        }
        if (selector != null) {
            throw new IllegalArgumentException("device=" + device + ": a device takes no selector");
        }
        if (!destination.startsWith("/queue/") || destination.matches(".*[*>,].*")) {
            throw new IllegalArgumentException("device=" + device + ": only an inbox remembers a device, and "
                    + destination + " is not the name of one queue");
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        connection().use();
    }

    @Override
    protected void doStop() throws Exception {
        connection().release();
        super.doStop();
    }

    @Override
    public GatepostComponent getComponent() {
        return component;
    }

    SharedConnection connection() {
        return component.connection();
    }

    /** @return as STOMP has it: {@code /queue/user.alice} */
    public String getDestination() {
        return destination;
    }

    Duration patience() {
        return Duration.ofMillis(requestTimeout);
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long milliseconds) {
        requestTimeout = milliseconds;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int number) {
        concurrentConsumers = number;
    }

    public int getPrefetch() {
        return prefetch;
    }

    public void setPrefetch(int messages) {
        prefetch = messages;
    }

    public String getSelector() {
        return selector;
    }

    public void setSelector(String expression) {
        selector = expression;
    }

    public String getDevice() {
        return device;
    }

    public void setDevice(String name) {
        device = name;
    }

    public int getMaximumRedeliveries() {
        return maximumRedeliveries;
    }

    public void setMaximumRedeliveries(int number) {
        maximumRedeliveries = number;
    }

    public long getRedeliveryDelay() {
        return redeliveryDelay;
    }

    public void setRedeliveryDelay(long milliseconds) {
        redeliveryDelay = milliseconds;
    }
}
