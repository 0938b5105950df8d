package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.api.EventStream.Event;
import gatepost.itests.harness.Gatepost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Streams and calls through the proxies that the operator's guide sets up, configured as it says. */
@ExtendWith(Suite.class)
class ProxyIT {

    private static final int PATIENCE = 20;
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();
    private final Caller owner = Caller.user(user);

    @TempDir
    private Path folder;

    @Test
    void streamsGoThroughNginx() throws IOException {
        try (Proxy nginx = Proxy.nginx(folder, gatepost);
                EventStream stream = EventStream.open(nginx.port(), owner, "")) {
            assertEquals("begin", stream.next().type());
            Caller.PUBLISHER.publish(user, "one");
            assertEquals("one", stream.message().body());
            assertFalse(nginx.access().contains("/gatepost/inbox"));
        }
    }

    @Test
    void aStreamThroughHaproxyLivesOnWhileNothingHappensAndIsToldAtOnceWhatDoes() throws IOException {
        try (Proxy haproxy = Proxy.haproxy(folder, gatepost, PATIENCE)) {
            String last;
            try (EventStream stream = EventStream.open(haproxy.port(), owner, "")) {
                assertEquals("begin", stream.next().type());
                told(stream, "one");
                // of the client nothing comes for longer than the proxy's patience; of Gatepost a comment
                Awaitility.await("two signs of life, 15 seconds apart")
                        .atMost(Duration.ofSeconds(45))
                        .until(() -> stream.comments() >= 2);
                last = told(stream, "two").id();
                assertAddressIsSaidToBeTheProxys();
            }
            Caller.PUBLISHER.publish(user, "three");
            Caller.PUBLISHER.publish(user, "four");
            try (EventStream again = EventStream.open(haproxy.port(), owner, "", "Last-Event-ID", last)) {
                assertEquals(
                        List.of("three", "four"),
                        again.messages(2).stream().map(Event::body).toList());
            }
            // HAProxy finds out with the second sign of life that nobody takes it
            Awaitility.await("who has closed their end is gone")
                    .atMost(Duration.ofSeconds(45))
                    .until(() -> sessions() == 0);
            owner.call(haproxy.port(), "GET", "users/" + user, null, "").expect(200);
            Awaitility.await("the call is in the proxy's log")
                    .until(() -> haproxy.access().contains("/gatepost/api/v1/users/" + user));
            assertFalse(haproxy.access().contains("/gatepost/inbox"), haproxy.access());
        }
    }

    private Event told(EventStream stream, String text) {
        long begin = System.nanoTime();
        Caller.PUBLISHER.publish(user, text);
        Event event = stream.message();
        long took = System.nanoTime() - begin;
        assertEquals(text, event.body());
        assertTrue(took < AT_ONCE.toNanos(), text + " took " + took / 1_000_000 + " ms");
        return event;
    }

    /** Gatepost takes nobody's word for where they are: it says of who came through a proxy that they did. */
    private void assertAddressIsSaidToBeTheProxys() {
        String address = Caller.ADMINISTRATOR
                .get("users/" + user + "/sessions")
                .expect(200)
                .json()
                .at("/sessions/0/address")
                .asText();
        assertTrue(address.matches("ws://127\\.0\\.0\\.1:\\d+\\?forwarded"), address);
    }

    private int sessions() {
        return Caller.ADMINISTRATOR
                .get("users/" + user + "/sessions")
                .expect(200)
                .json()
                .get("sessions")
                .size();
    }

    @Test
    void nginxPassesNamesAndCredentialsOn() throws IOException {
        try (Proxy nginx = Proxy.nginx(folder, gatepost)) {
            passesNamesAndCredentialsOn(nginx);
        }
    }

    @Test
    void haproxyPassesNamesAndCredentialsOn() throws IOException {
        try (Proxy haproxy = Proxy.haproxy(folder, gatepost, PATIENCE)) {
            passesNamesAndCredentialsOn(haproxy);
        }
    }

    private static void passesNamesAndCredentialsOn(Proxy proxy) {
        for (String name : Suite.ODD_NAMES) {
            NamesIT.play(proxy.port(), name);
        }
        // the account that ships works through no proxy
        assertEquals(
                401,
                Caller.basic("alice", "alice")
                        .call(proxy.port(), "GET", "users/alice", null, "")
                        .status());
    }
}
