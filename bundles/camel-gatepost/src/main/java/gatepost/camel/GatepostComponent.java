package gatepost.camel;

import gatepost.client.DestinationName;
import gatepost.client.SharedConnection;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.apache.camel.Endpoint;
import org.apache.camel.support.HeaderFilterStrategyComponent;

/**
 * The component {@code gatepost:}. All endpoints of all components that were made from one {@link SharedConnection} share it.
 */
public final class GatepostComponent extends HeaderFilterStrategyComponent {

    private static final String QUEUES = "/queue/";
    private static final String EVENTS = "events";

    private final SharedConnection connection;
    private final Predicate<String> inboxes;
    private final EventFeeds feeds;
    private ExecutorService continuations;

    /** As the other one, where no queue is known to be an inbox. */
    public GatepostComponent(SharedConnection connection) {
        this(connection, queue -> false, new EventFeeds());
    }

    /**
     * @param inboxes whether a queue of a name is an inbox; what it says may change at any time; any thread
     * @param feeds who tells of events
     */
    GatepostComponent(SharedConnection connection, Predicate<String> inboxes, EventFeeds feeds) {
        this.connection = connection;
        this.inboxes = inboxes;
        this.feeds = feeds;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining.equals(EVENTS)) {
            EventsEndpoint events = new EventsEndpoint(uri, this);
            setProperties(events, parameters);
            events.require();
            return events;
        }
        GatepostEndpoint endpoint = new GatepostEndpoint(uri, this, DestinationName.stomp(remaining));
        setProperties(endpoint, parameters);
        endpoint.requireDevice();
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (getHeaderFilterStrategy() == null) {
            setHeaderFilterStrategy(new GatepostHeaderFilter());
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        continuations = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "gatepost-sent");
    }

    @Override
    protected void doStop() throws Exception {
        getCamelContext().getExecutorServiceManager().shutdown(continuations);
        super.doStop();
    }

    SharedConnection connection() {
        return connection;
    }

    EventFeeds feeds() {
        return feeds;
    }

    /** @param destination as STOMP has it */
    boolean isInbox(String destination) {
        return destination.startsWith(QUEUES) && inboxes.test(destination.substring(QUEUES.length()));
    }

    /** Runs what comes after a send: the connection's own queue must not be held up by a route. */
    void proceed(Runnable continuation) {
        continuations.execute(continuation);
    }
}
