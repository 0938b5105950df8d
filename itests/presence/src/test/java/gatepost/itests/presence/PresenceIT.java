package gatepost.itests.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import gatepost.itests.presence.States.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told what of whom, and when. */
@ExtendWith(Suite.class)
class PresenceIT {

    private static final String TOPIC = "/topic/gatepost.presence.";

    private final Gatepost gatepost = Suite.gatepost();

    private StompClient signedIn(String user) {
        StompClient client = Transport.TCP.client(gatepost);
        client.connect(user, user.equals("system") ? "manager" : Token.of(user, "users"));
        return client;
    }

    private States states(String user, String... names) {
        String destination = TOPIC + String.join("," + TOPIC, names);
        return user.equals("system")
                ? States.of(gatepost, user, "manager", destination)
                : States.of(gatepost, user, Token.of(user, "support"), destination);
    }

    @Test
    void whoeverSubscribesIsToldWhatIsSoAndThenEachChange() {
        try (States one = states("system", "w1.x")) {
            assertFalse(one.next().online());
            long before = System.currentTimeMillis();
            StompClient user = signedIn("w1.x");
            State online = one.next();
            assertTrue(online.online());
            assertTrue(online.since() >= before && online.since() <= System.currentTimeMillis());
            StompClient second = signedIn("w1.x");
            try (States all = states("helper", "w1.>", "nobody")) {
                List<State> told = List.of(all.next(), all.next());
                assertTrue(told.stream().anyMatch(state -> state.user().equals("w1.x") && state.online()));
                assertTrue(told.stream().anyMatch(state -> state.user().equals("nobody") && state.since() == 0));
                user.close();
                second.close();
                State offline = one.next();
                assertFalse(offline.online());
                assertTrue(offline.since() >= online.since());
                assertEquals(
                        offline.since(), all.await(state -> !state.online()).since());
            }
            try (States later = states("system", "w1.x")) {
                assertFalse(later.next().online());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "users, alice, alice, true",
        "users, alice, bob, false",
        "users, alice, >, false",
        "users, alice, *, false",
        "users, alice, alice.>, false",
        "users, a, a.b, false",
        "users, a.b, a.b, true",
        "users, a.b, a, false",
        "users, alice, 'alice,/topic/gatepost.presence.bob', false",
        "users, alice, 'alice,/topic/gatepost.presence.alice', true",
        "support, helper, bob, true",
        "support, helper, >, true",
        "support, helper, *.b, true",
        "support, helper, b*, false",
        "support, helper, >.b, false"
    })
    void whoMaySeeWhom(String group, String user, String name, boolean allowed) {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.connect(user, Token.of(user, group));
            client.send(ClientFrame.subscribe("1", TOPIC + name, "receipt:r"));
            ServerFrame answer = client.frame();
            assertEquals(allowed ? "RECEIPT" : "ERROR", answer.command(), answer::toString);
            if (!allowed) {
                assertTrue(answer.header("message").startsWith("Denied: read "), answer::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TOPIC + "alice",
                TOPIC + "alice,/queue/app.inbox",
                "/queue/app.inbox," + TOPIC + "alice",
                "topic://gatepost.presence.alice"
            })
    void nobodySendsThereWhateverTheMapSays(String destination) {
        try (States states = states("system", "alice");
                StompClient admin = signedIn("system")) {
            states.next();
            admin.send(ClientFrame.send(destination, "{\"user\":\"alice\",\"online\":true,\"since\":1}"));
            ServerFrame error = admin.expect("ERROR");
            assertTrue(error.header("message").startsWith("Denied: write "), error::toString);
            states.client().expectSilence(Duration.ofMillis(200));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "selector, x = 1, selector",
        "activemq.subscriptionName, mine, durable subscription",
        "destination, '/topic/gatepost.presence.alice,/topic/news', subscription of its own"
    })
    void whatPresenceCannotDoIsRefused(String header, String value, String why) {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.connect("system", "manager", "client-id:c");
            ClientFrame subscribe = header.equals("destination")
                    ? ClientFrame.subscribe("1", value)
                    : ClientFrame.subscribe("1", TOPIC + "alice", header + ":" + value);
            client.send(subscribe);
            ServerFrame error = client.expect("ERROR");
            assertTrue((error.header("message") + error.text()).contains(why), error::toString);
        }
    }

    @Test
    void whoAcknowledgesEachMessageIsToldAllTheSame() {
        try (StompClient client = signedIn("system")) {
            client.done(ClientFrame.subscribe("1", TOPIC + "ack", "ack:client-individual", "activemq.prefetchSize:1"));
            ServerFrame first = client.expect("MESSAGE");
            StompClient user = signedIn("ack");
            user.close();
            user = signedIn("ack");
            client.expectSilence(Duration.ofMillis(300));
            client.done(ClientFrame.of("ACK", "id:" + first.header("ack")));
            assertTrue(State.of(client.expect("MESSAGE")).online(), "what is so then");
            user.close();
        }
    }

    /** Subscriptions begin at any moment of changes; each is told what is so and then each change, in order. */
    @Test
    void whatIsSoComesBeforeWhatChangesUnderLoad() throws Exception {
        int users = 20;
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<?>[] comingAndGoing = new CompletableFuture<?>[2];
        for (int i = 0; i < comingAndGoing.length; i++) {
            int half = i;
            comingAndGoing[i] = CompletableFuture.runAsync(() -> {
                for (int turn = 0; !stop.get(); turn++) {
                    signedIn("load" + (2 * (turn % (users / 2)) + half)).close();
                }
            });
        }
        List<States> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(i % 3 == 0 ? states("system", ">") : states("system", "load" + i % users));
        }
        all.forEach(states -> states.read(Duration.ofMillis(20)));
        stop.set(true);
        CompletableFuture.allOf(comingAndGoing).get();
        // the last thing that any of them is told
        StompClient last = signedIn("last");
        for (int i = 0; i < users; i++) {
            signedIn("load" + i).close();
        }
        int changes = 0;
        for (States states : all) {
            states.awaitKnown(known -> known.values().stream()
                    .filter(state -> state.user().startsWith("load"))
                    .noneMatch(State::online));
            states.read(Duration.ofMillis(50));
            Map<String, State> before = new HashMap<>();
            for (State state : states.told) {
                State earlier = before.put(state.user(), state);
                if (earlier != null && state.user().startsWith("load")) {
                    changes++;
                    assertNotEquals(earlier.online(), state.online(), () -> earlier + " then " + state);
                    assertTrue(earlier.since() <= state.since(), () -> earlier + " then " + state);
                }
            }
            states.close();
        }
        assertTrue(changes > 100, "there were " + changes + " changes");
        last.close();
    }

    @Test
    void presenceComesAndGoesAndSubscriptionsStay() {
        try (States states = states("system", "stays");
                StompClient user = signedIn("stays")) {
            State online = states.await(State::online);
            gatepost.awaitFeatures();
            gatepost.shell("feature:uninstall gatepost-presence\nfeature:install gatepost-presence");
            State again = states.next();
            assertTrue(again.online());
            assertEquals(online.since(), again.since());
        }
    }

    @Test
    void aLimitThatIsReachedIsSaidAndCounted() throws Exception {
        gatepost.apply(Suite.CFG, Map.of("names.per.user", "2"));
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.connect("helper", Token.of("helper", "support"));
            client.done(ClientFrame.subscribe("1", TOPIC + "a," + TOPIC + "b"));
            client.send(ClientFrame.subscribe("2", TOPIC + "c", "receipt:r"));
            ServerFrame frame = client.frame();
            while (frame.command().equals("MESSAGE")) {
                frame = client.frame();
            }
            assertEquals("ERROR", frame.command());
            assertTrue(
                    frame.toString().contains("user helper may watch 2 names of others (names.per.user)"),
                    frame::toString);
        } finally {
            gatepost.apply(Suite.CFG, Map.of("names.per.user", "10000"));
        }
        Awaitility.await()
                .until(() -> metrics().contains("gatepost_presence_refused_total{key=\"names.per.user\"} 1.0"));
        assertTrue(metrics().contains("gatepost_online_users "));
    }

    @Test
    void operatorsSeeWhoIsOnLine() {
        try (StompClient user = signedIn("shell-user")) {
            Awaitility.await()
                    .until(
                            () -> gatepost.shell("gatepost:presence-list --no-format shell-user"),
                            text -> text.contains("true"));
            assertTrue(gatepost.shell("gatepost:presence-list --online --after shell-usd --limit 1 --json")
                    .contains("\"user\" : \"shell-user\""));
            user.close();
        }
        Awaitility.await()
                .until(
                        () -> gatepost.shell("gatepost:presence-list --no-format shell-user"),
                        text -> text.contains("false"));
        assertTrue(gatepost.shell("gatepost:presence-list no-such-user").contains("no-such-user was not seen yet"));
    }

    private String metrics() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gatepost.httpPort() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
