package gatepost.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.events.EventFeed;
import gatepost.contracts.events.EventSubscriber;
import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.contracts.events.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A route that hears what happens to users. */
class EventsTest extends RouteTest {

    private static final Told DONE = new Told("evt_1", "message.done", "alice", "{\"type\":\"message.done\"}");

    private final Feed feed = new Feed();
    private final List<Exchange> seen = new CopyOnWriteArrayList<>();

    private void hear(String from, Processor processor) throws Exception {
        camel.getCamelContextExtension().setName("mail.yaml");
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("mail").process(processor);
            }
        });
    }

    private void keep(Exchange exchange) {
        seen.add(exchange.copy());
    }

    @Test
    void aRouteHearsOfTheTypesThatItWants() throws Exception {
        feeds.come(feed);
        hear("gatepost:events?types=message.done, user.online&after=60", this::keep);

        EventSubscriber route = feed.subscribed.get(0);
        assertEquals("mail.yaml.mail", route.name());
        assertEquals(Set.of(EventType.MESSAGE_DONE, EventType.USER_ONLINE), route.types());
        assertEquals(Duration.ofMinutes(1), route.after());
        route.tell(DONE).toCompletableFuture().join();

        assertEquals("{\"type\":\"message.done\"}", seen.get(0).getIn().getBody());
        assertEquals("evt_1", seen.get(0).getIn().getHeader(GatepostHeaders.EVENT_ID));
        assertEquals("message.done", seen.get(0).getIn().getHeader(GatepostHeaders.EVENT_TYPE));
        assertEquals("alice", seen.get(0).getIn().getHeader(GatepostHeaders.USER));
    }

    @Test
    void whatTheRouteFailsOnWasNotTaken() throws Exception {
        feeds.come(feed);
        hear("gatepost:events?types=message.done", exchange -> {
            throw new IllegalStateException("no mail today");
        });

        CompletableFuture<Void> taken = feed.subscribed.get(0).tell(DONE).toCompletableFuture();

        eventually().until(taken::isDone);
        assertTrue(taken.isCompletedExceptionally());
    }

    @Test
    void whatIsRolledBackWasNotTaken() throws Exception {
        feeds.come(feed);
        hear("gatepost:events?types=message.done", exchange -> exchange.setRollbackOnly(true));

        CompletableFuture<Void> taken = feed.subscribed.get(0).tell(DONE).toCompletableFuture();

        eventually().until(taken::isDone);
        assertTrue(taken.isCompletedExceptionally());
    }

    @Test
    void whoTellsOfEventsMayComeAndGoWhileTheRouteRuns() throws Exception {
        hear("gatepost:events?types=message.done", this::keep);
        Hindered consumer = (Hindered) camel.getRoute("mail").getConsumer();
        assertTrue(consumer.problem().orElseThrow().contains("gatepost-events"));
        feeds.come(feed);
        assertTrue(consumer.problem().isEmpty());
        assertEquals(1, feed.subscribed.size());
        feeds.gone(feed);
        Feed next = new Feed();
        feeds.come(next);
        feeds.gone(feed);
        assertEquals(1, next.subscribed.size());

        camel.getRouteController().stopRoute("mail");

        assertEquals(0, next.subscribed.size());
        CompletableFuture<Void> late = feed.subscribed.get(0).tell(DONE).toCompletableFuture();
        assertTrue(late.isCompletedExceptionally(), "the route is stopped");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gatepost:events | expected some of user.online, user.offline",
                "gatepost:events?types=message.red | types=message.red: expected some of",
                "gatepost:events?types=events.lost | types=events.lost: expected some of",
                "gatepost:events?types=message.done&after=0 | after=0: expected seconds",
                "gatepost:events?types=message.done&concurrentConsumers=0 | concurrentConsumers=0: expected at least 1",
            })
    void whatCannotBeIsRefused(String from, String fault) {
        FailedToCreateRouteException refused =
                assertThrows(FailedToCreateRouteException.class, () -> hear(from, this::keep));

        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertTrue(cause.getMessage().contains(fault), cause.getMessage());
    }

    @Test
    void aQueueOfThatNameIsStillThere() throws Exception {
        hear("gatepost:queue://events", this::keep);
        eventually().until(() -> !server.subscribed.isEmpty());
        assertEquals("/queue/events", server.subscribed.get(0).get("destination"));
    }

    private static final class Feed implements EventFeed {

        private final List<EventSubscriber> subscribed = new CopyOnWriteArrayList<>();

        @Override
        public Subscription subscribe(EventSubscriber subscriber) {
            subscribed.add(subscriber);
            return () -> subscribed.remove(subscriber);
        }
    }
}
