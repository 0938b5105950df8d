package gatepost.welcome;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.camel.GatepostHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class GreetingRouteTest {

    private static final Greeting GREETING = new Greeting(
            "queue://user.alice", "text/html", "<p>Welcome</p>", Map.of("type", "welcome"), Optional.of("welcome"));

    private final List<Exchange> waiting = new CopyOnWriteArrayList<>();
    private final List<AsyncCallback> callbacks = new CopyOnWriteArrayList<>();
    private final List<Exception> outcomes = new ArrayList<>();

    @AutoClose
    private final GreetingRoute route = new GreetingRoute(new Waiting());

    /** What {@code gatepost:} is here: the receipt comes when the test wants it to. */
    private final class Waiting extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.remove("requestTimeout");
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultAsyncProducer(this) {
                        @Override
                        public boolean process(Exchange exchange, AsyncCallback callback) {
                            waiting.add(exchange);
                            callbacks.add(callback);
                            return false;
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }

    @Test
    void greetingIsAMessageWithAllThatItSays() throws Exception {
        route.send(GREETING, outcomes::add);
        Message message = waiting.get(0).getIn();
        assertEquals("<p>Welcome</p>", message.getMandatoryBody(String.class));
        assertEquals(
                Map.of(
                        "type",
                        "welcome",
                        "Content-Type",
                        "text/html",
                        "persistent",
                        true,
                        GatepostHeaders.DESTINATION,
                        "queue://user.alice",
                        GatepostHeaders.ONCE,
                        "welcome"),
                message.getHeaders());
        callbacks.get(0).done(false);
    }

    @Test
    void greetingThatMayComeAgainSaysNothingOfOnce() {
        route.send(
                new Greeting("queue://user.alice", "text/plain", "Welcome back", Map.of(), Optional.empty()),
                outcomes::add);
        assertNull(waiting.get(0).getIn().getHeader(GatepostHeaders.ONCE));
        callbacks.get(0).done(false);
    }

    @Test
    void outcomeIsToldWhenItIsKnownAndOnlyThen() {
        route.send(GREETING, outcomes::add);
        route.send(GREETING, outcomes::add);
        assertEquals(2, waiting.size());
        assertEquals(0, outcomes.size());
        callbacks.get(1).done(false);
        await().until(() -> outcomes.size() == 1);
        assertNull(outcomes.get(0));
        Exception failure = new IllegalStateException("denied");
        waiting.get(0).setException(failure);
        callbacks.get(0).done(false);
        await().until(() -> outcomes.size() == 2);
        assertEquals(failure, outcomes.get(1));
    }
}
