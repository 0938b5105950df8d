package gatepost.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

class ReceivingTest extends RouteTest {

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void aMessageIsAcknowledgedWhenTheRouteHasSucceeded() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
        start("gatepost:app.inbox", exchange -> {
            headers.add(Map.copyOf(exchange.getIn().getHeaders()));
            seen.add(exchange.getIn().getBody(String.class));
            held.await();
        });
        server.put("/queue/app.inbox", "one", "x", "y\\cz", "cAMELHttpUri", "http\\c//evil");
        eventually().until(() -> seen.equals(List.of("one")));
        assertEquals("y:z", headers.get(0).get("x"));
        assertFalse(headers.get(0).containsKey("cAMELHttpUri"));
        assertEquals(List.of(), server.acknowledged);
        held.countDown();
        eventually().until(() -> server.acknowledged.equals(List.of("one")));
    }

    @Test
    void aRouteSeesWhoSentTheMessageAndNothingThatOnlyLooksLikeIt() throws Exception {
        List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
        start(
                "gatepost:app.inbox",
                exchange -> headers.add(Map.copyOf(exchange.getIn().getHeaders())));
        server.put(
                "/queue/app.inbox",
                "one",
                "Gatepost-User",
                "forged",
                "camelGatepostUser",
                "forged",
                "gatepost-user",
                "bob",
                "GATEPOST-USER",
                "forged",
                "gatepost-offset",
                "17",
                "Gatepost-Offset",
                "forged",
                "Redelivered",
                "true",
                "Message-Id",
                "forged",
                "Id",
                "its own");
        server.put("/queue/app.inbox", "two", "camelGatepostUser", "forged");
        eventually().until(() -> headers.size() == 2);
        assertEquals("bob", headers.get(0).get("gatepost-user"));
        assertEquals("bob", headers.get(0).get(GatepostHeaders.USER));
        assertEquals("17", headers.get(0).get("gatepost-offset"));
        assertFalse(headers.toString().contains("forged"), headers::toString);
        assertFalse(headers.get(0).containsKey("Redelivered"));
        assertEquals("its own", headers.get(0).get("Id"));
        assertFalse(headers.get(1).containsKey(GatepostHeaders.USER));
    }

    @Test
    void whoSentAMessageIsNotSaidOfTheNextOne() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("gatepost:app.inbox").to("gatepost:user.bob");
            }
        });
        server.put("/queue/app.inbox", "one", "gatepost-user", "bob", "gatepost-offset", "17", "kept", "1");
        eventually().until(() -> server.acknowledged.equals(List.of("one")));
        assertEquals("1", server.last().headers().get("kept"));
        assertFalse(server.last().headers().toString().toLowerCase(Locale.ROOT).contains("gatepost-user"));
        assertFalse(server.last().headers().containsKey("gatepost-offset"));
        assertFalse(server.last().headers().toString().contains("CamelGatepostUser"));
    }

    @Test
    void whatFailsIsTriedAgainAndThenRefusedWhileOthersGoOn() throws Exception {
        start("gatepost:app.inbox?maximumRedeliveries=2&redeliveryDelay=10", exchange -> {
            String body = exchange.getIn().getBody(String.class);
            seen.add(body);
            if (body.equals("bad") || body.equals("late") && Collections.frequency(seen, "late") < 2) {
                throw new IllegalStateException("not this one");
            }
        });
        server.put("/queue/app.inbox", "bad");
        server.put("/queue/app.inbox", "good");
        server.put("/queue/app.inbox", "late");
        eventually().until(() -> server.rejected.equals(List.of("bad")) && server.acknowledged.size() == 2);
        assertEquals(3, Collections.frequency(seen, "bad"));
        assertTrue(server.acknowledged.containsAll(List.of("good", "late")));
    }

    @Test
    void aConnectionThatBreaksMeanwhileDoublesAndLosesNothing() throws Exception {
        Semaphore held = new Semaphore(0);
        start("gatepost:app.inbox", exchange -> {
            held.acquire();
            seen.add(exchange.getIn().getBody(String.class));
        });
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add("m" + i);
            server.put("/queue/app.inbox", "m" + i);
            held.release();
            if (i % 7 == 3) {
                server.cut();
            }
        }
        eventually().until(() -> server.acknowledged.size() == 40);
        assertEquals(40, seen.size());
        assertEquals(all.stream().sorted().toList(), seen.stream().sorted().toList());
    }

    @Test
    void anAcknowledgementThatIsLostIsGivenAgainWithoutTheRoute() throws Exception {
        start("gatepost:app.inbox", exchange -> seen.add(exchange.getIn().getBody(String.class)));
        server.losesAcknowledgements = true;
        server.put("/queue/app.inbox", "one");
        eventually().until(() -> server.connections >= 3);
        server.losesAcknowledgements = false;
        eventually().until(() -> server.acknowledged.equals(List.of("one")));
        assertEquals(List.of("one"), seen);
    }

    @Test
    void aRouteThatStopsFinishesWhatItHasBegunAndGivesBackTheRest() throws Exception {
        Semaphore held = new Semaphore(0);
        start("gatepost:app.inbox", exchange -> {
            seen.add(exchange.getIn().getBody(String.class));
            held.acquire();
        });
        for (int i = 0; i < 10; i++) {
            server.put("/queue/app.inbox", "m" + i);
        }
        eventually().until(() -> seen.size() == 1);
        Thread stopping = new Thread(() -> camel.stop());
        stopping.start();
        eventually().until(() -> camel.isStopping());
        held.release(100);
        stopping.join();
        assertEquals(List.of("m0"), server.acknowledged);
        assertEquals(9, server.waiting("/queue/app.inbox"));
    }

    @Test
    void aDeniedSubscriptionSaysSoLeavesOthersAloneAndGoesOnWhenAllowed() throws Exception {
        server.deniedToRead.add("/queue/app.secret");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gatepost:app.secret").routeId("secret").process(exchange -> seen.add("secret"));
                from("gatepost:app.inbox")
                        .process(exchange -> seen.add(exchange.getIn().getBody(String.class)));
            }
        });
        camel.start();
        GatepostConsumer consumer = (GatepostConsumer) camel.getRoute("secret").getConsumer();
        eventually().until(() -> consumer.problem().equals(Optional.of("Denied: read /queue/app.secret")));
        server.put("/queue/app.secret", "s");
        server.put("/queue/app.inbox", "one");
        eventually().until(() -> seen.equals(List.of("one")));
        server.deniedToRead.clear();
        eventually()
                .until(() -> seen.equals(List.of("one", "secret"))
                        && consumer.problem().isEmpty());
    }

    @Test
    void aMessageWhoseWayOnIsDeniedWaitsForAsLongAsThatTakes() throws Exception {
        server.deniedToWrite.add("/queue/user.bob");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gatepost:app.inbox?maximumRedeliveries=0&redeliveryDelay=10")
                        .to("gatepost:user.bob");
            }
        });
        camel.start();
        server.put("/queue/app.inbox", "patient");
        eventually().until(() -> server.connections >= 3);
        assertEquals(List.of(), server.rejected);
        server.deniedToWrite.clear();
        eventually().until(() -> server.acknowledged.equals(List.of("patient")));
        assertEquals(List.of("patient"), server.bodies());
    }

    private void start(String from, Processor processor) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).process(processor);
            }
        });
    }
}
