package gatepost.camel;

import gatepost.contracts.events.EventType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/** {@code gatepost:events}: what happens to users; the bundle's README has the options. */
@UriEndpoint(
        firstVersion = "4.14.1",
        scheme = "gatepost",
        title = "Gatepost events",
        syntax = "gatepost:events",
        consumerOnly = true)
public final class EventsEndpoint extends DefaultEndpoint {

    private static final String TYPES = EventType.choices();

    @UriParam(description = "Of which types, such as message.undelivered, separated by commas")
    private String types;

    @UriParam(defaultValue = "3600", description = "Seconds that a message has to wait to be undelivered")
    private long after = 3600;

    @UriParam(defaultValue = "1", description = "Events that the route takes at a time, of as many users")
    private int concurrentConsumers = 1;

    private final GatepostComponent component;

    EventsEndpoint(String uri, GatepostComponent component) {
        super(uri, component);
        this.component = component;
    }

    /** @throws IllegalArgumentException for what cannot be, saying what is expected */
    void require() {
        wanted();
        if (after < 1) {
            throw new IllegalArgumentException("after=" + after + ": expected seconds, at least 1");
        }
        if (concurrentConsumers < 1) {
            throw new IllegalArgumentException("concurrentConsumers=" + concurrentConsumers + ": expected at least 1");
        }
    }

    Set<EventType> wanted() {
        if (types == null || types.isBlank()) {
            throw new IllegalArgumentException("gatepost:events has no types: expected some of " + TYPES);
        }
        Set<EventType> wanted = EnumSet.noneOf(EventType.class);
        for (String text : types.split(",", -1)) {
            wanted.add(EventType.of(text.strip())
                    .filter(type -> type != EventType.EVENTS_LOST)
                    .orElseThrow(() ->
                            new IllegalArgumentException("types=" + text.strip() + ": expected some of " + TYPES)));
        }
        return wanted;
    }

    Duration patience() {
        return Duration.ofSeconds(after);
    }

    EventFeeds feeds() {
        return component.feeds();
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "gatepost:events is no place to send to; a queue of that name is gatepost:queue://events");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        EventsConsumer consumer = new EventsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    public String getTypes() {
        return types;
    }

    public void setTypes(String names) {
        types = names;
    }

    public long getAfter() {
        return after;
    }

    public void setAfter(long seconds) {
        after = seconds;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int number) {
        concurrentConsumers = number;
    }
}
