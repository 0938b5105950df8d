package gatepost.itests.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import gatepost.itests.presence.States.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thousand users who load their pages anew, drop and come back; then a kill. */
class CrowdIT {

    private static final String CFG = "gatepost.presence.cfg";
    private static final int CROWD = 1000;
    private static final Duration GRACE = Duration.ofSeconds(3);

    @AutoClose
    private final Gatepost gatepost = Gatepost.unpack();

    private final Map<String, StompClient> sessions = new HashMap<>();

    @BeforeEach
    void start() {
        gatepost.write("keys/app.secret", Token.SECRET);
        gatepost.configure("gatepost.authentication.cfg", Map.of("token.keys", "HS256:etc/keys/app.secret"));
        gatepost.configure(CFG, Map.of("presence.grace", "" + GRACE.toSeconds()));
        gatepost.start();
    }

    @Test
    void nobodyIsOffLineWithinTheGraceAndEverybodyIsAfterItAlsoThroughAKill() {
        users(0, CROWD).forEach(this::signIn);
        States states = States.ofAll(gatepost);
        states.awaitKnown(known -> known.size() > CROWD);
        assertEquals(CROWD + 1, states.told.size(), "each once");
        // 300 drop for good, 500 load their pages anew, once with and once without saying good-bye
        Map<String, Long> dropped = new HashMap<>();
        for (String user : users(0, 300)) {
            dropped.put(user, System.nanoTime());
            sessions.remove(user).close();
        }
        for (String user : users(300, 800)) {
            sessions.remove(user).close();
            signIn(user);
        }
        states.awaitKnown(known -> offline(known).size() == 300);
        states.read(Duration.ofMillis(500));
        assertEquals(new TreeSet<>(users(0, 300)), offline(states.known));
        for (String user : users(0, 300)) {
            State gone = states.known.get(user);
            long after = gone.at() - dropped.get(user);
            assertTrue(after >= GRACE.toNanos(), () -> user + " was off line too early, by " + after);
        }
        assertEquals(CROWD + 1 + 300, states.told.size(), "nobody else, and each once");

        users(0, 100).forEach(this::signIn);
        states.awaitKnown(known -> offline(known).size() == 200);
        Map<String, Long> before = since(states);

        // so long that all can be back within it, however busy the machine is
        gatepost.apply(CFG, Map.of("presence.grace", "600"));
        gatepost.kill();
        states.close();
        sessions.values().forEach(StompClient::close);
        sessions.clear();
        gatepost.start();
        States again = States.ofAll(gatepost);
        again.awaitKnown(known -> known.size() > 800);
        assertEquals(Set.of(), offline(again.known), "whoever was on line still is");
        again.known.values().forEach(state -> {
            if (!state.user().equals("system")) {
                assertEquals(before.get(state.user()), state.since(), "since before the kill");
            }
        });
        users(300, CROWD).forEach(this::signIn);
        again.read(GRACE);
        assertEquals(801, again.told.size(), "nobody has gone, and nobody has come");
        gatepost.apply(CFG, Map.of("presence.grace", "" + GRACE.toSeconds()));
        again.awaitKnown(known -> offline(known).size() == 100);
        again.read(Duration.ofSeconds(1));
        assertEquals(new TreeSet<>(users(0, 100)), offline(again.known));
        assertEquals(801 + 100, again.told.size(), "nobody else, and each once");
        again.close();
        sessions.values().forEach(StompClient::close);
    }

    private void signIn(String user) {
        StompClient client = Transport.TCP.client(gatepost);
        client.connect(user, Token.of(user, "users"));
        sessions.put(user, client);
    }

    private static List<String> users(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "u" + i).toList();
    }

    private static Map<String, Long> since(States states) {
        return states.known.values().stream()
                .filter(State::online)
                .collect(Collectors.toMap(State::user, State::since));
    }

    private static Set<String> offline(Map<String, State> known) {
        return known.values().stream()
                .filter(state -> !state.online())
                .map(State::user)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
