package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Hash;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompSocket;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A crowd that guesses. */
@ExtendWith(Suite.class)
class SignInIT {

    private static final String USERS = "gatepost.users.properties";
    private static final int GUESSES = 150;
    /** The shipped {@code throttle.address.failures}. */
    private static final int LIMIT = 10;

    private static final Duration LONG = Duration.ofSeconds(60);

    private String target;

    @BeforeEach
    void hashTheirPassword() {
        target = Suite.attacker();
        Suite.gatepost().apply(USERS, Map.of(target, Hash.of("right", 210_000) + ",users"));
    }

    @AfterEach
    void forgetThem() {
        Map<String, String> gone = new HashMap<>();
        gone.put(target, null);
        Suite.gatepost().apply(USERS, gone);
    }

    @ParameterizedTest
    @EnumSource
    void ofManyGuessesAtOnceNoMoreAreCheckedThanMayFailAndOthersSignInMeanwhile(Transport transport)
            throws IOException {
        Gatepost gatepost = Suite.gatepost();
        InetAddress attacker = InetAddress.getByName(transport == Transport.TCP ? "127.0.0.66" : "127.0.0.67");
        long audited = lines();
        double summed = Metrics.of("gatepost_logins_summed_total");
        List<StompClient> guessers = new ArrayList<>();
        try {
            for (int i = 0; i < GUESSES; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), transport.port(gatepost), attacker, 0);
                guessers.add(
                        transport == Transport.TCP
                                ? new StompSocket(socket)
                                : WebSocketRequest.over(socket).open());
            }
            for (int i = 0; i < GUESSES; i++) {
                guessers.get(i)
                        .send(ClientFrame.of(
                                "CONNECT",
                                "accept-version:1.2",
                                "host:localhost",
                                "login:" + target,
                                "passcode:guess " + i));
            }
            // a second or two is what the checks take that there may be
            for (int i = 0; i < 10; i++) {
                long begin = System.nanoTime();
                String user = Suite.attacker();
                try (StompClient newcomer = transport.client(gatepost)) {
                    newcomer.connect(user, user);
                }
                long took = Duration.ofNanos(System.nanoTime() - begin).toMillis();
                assertTrue(took < 1000, () -> "signing in took " + took + " ms");
            }
            int checked = 0;
            for (StompClient guesser : guessers) {
                String answer = guesser.frame(LONG).text();
                assertTrue(answer.startsWith("sign-in "), answer);
                checked += answer.equals("sign-in refused: unknown user or wrong passcode") ? 1 : 0;
            }
            assertTrue(checked > 0 && checked <= LIMIT, checked + " guesses were checked");
        } finally {
            guessers.forEach(StompClient::close);
        }
        assertTrue(lines() - audited < LIMIT, () -> "the audit log has a line for each");
        assertTrue(
                Metrics.of("gatepost_logins_summed_total") - summed >= GUESSES - 2 * LIMIT,
                "what is not in it is counted");
        try (StompClient them = transport.client(gatepost)) {
            assertEquals("CONNECTED", them.connect(target, "right").command());
        }
    }

    private long lines() {
        try (var lines = Files.lines(Suite.gatepost().home().resolve("data/log/audit.log"))) {
            return lines.filter(line -> line.contains("user=\"" + target + '"')).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
