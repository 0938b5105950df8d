package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Hash;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompSocket;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody who tries names with any password, and looks at the clock for which of them there are. */
@ExtendWith(Suite.class)
class SignInTimeIT {

    private static final String AUTHENTICATION = "gatepost.authentication.cfg";
    private static final String USERS = "gatepost.users.properties";
    /** Their own: what fails there holds up nobody else. */
    private static final String ADDRESS = "127.0.0.68";

    private static final int TRIES = 15;
    /** Some 50 ms, which is far more than all the rest takes. */
    private static final int ROUNDS = 60_000;

    @BeforeEach
    void letThemTry() {
        Suite.gatepost()
                .apply(AUTHENTICATION, Map.of("throttle.address.failures", "1000", "throttle.user.failures", "1000"));
    }

    @AfterEach
    void holdThemUp() {
        Suite.gatepost()
                .apply(AUTHENTICATION, Map.of("throttle.address.failures", "10", "throttle.user.failures", "20"));
    }

    @ParameterizedTest
    @EnumSource
    void whereAPasswordIsHashedNobodyIsRefusedQuickerThanItsUser(Transport transport) throws IOException {
        String hashed = Suite.attacker();
        Suite.gatepost().apply(USERS, Map.of(hashed, Hash.of("right", ROUNDS) + ",users"));
        try {
            assertAlike(transport, hashed, Suite.attacker());
        } finally {
            Suite.gatepost().apply(USERS, Collections.singletonMap(hashed, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereNoneIsHashedAllAreRefusedAtOnce(Transport transport) throws IOException {
        assertAlike(transport, Suite.attacker());
    }

    /** By medians, with so wide a margin that nothing but a hash for some and not for others goes beyond it. */
    private static void assertAlike(Transport transport, String... known) throws IOException {
        List<List<Long>> times = new ArrayList<>();
        for (int name = 0; name <= known.length; name++) {
            times.add(new ArrayList<>());
        }
        for (int i = 0; i < TRIES; i++) {
            for (int name = 0; name < known.length; name++) {
                times.get(name).add(refusal(transport, known[name], "wrong " + i));
            }
            times.get(known.length).add(refusal(transport, "nobody-" + i, "wrong " + i));
        }
        long unknown = median(times.get(known.length));
        for (int name = 0; name < known.length; name++) {
            double ratio = (double) median(times.get(name)) / unknown;
            String what = "a wrong password of " + known[name] + " takes " + ratio + " of the " + unknown
                    + " ns of an unknown name's";
            assertTrue(ratio > 0.5 && ratio < 2, what);
        }
    }

    /** @return nanoseconds to the answer */
    private static long refusal(Transport transport, String user, String password) throws IOException {
        try (StompClient client = client(transport)) {
            long begin = System.nanoTime();
            client.send(ClientFrame.of(
                    "CONNECT", "accept-version:1.2", "host:localhost", "login:" + user, "passcode:" + password));
            assertEquals(
                    "sign-in refused: unknown user or wrong passcode",
                    client.expect("ERROR").text());
            return System.nanoTime() - begin;
        }
    }

    private static StompClient client(Transport transport) throws IOException {
        InetAddress own = InetAddress.getByName(ADDRESS);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), transport.port(Suite.gatepost()), own, 0);
        return transport == Transport.TCP
                ? new StompSocket(socket)
                : WebSocketRequest.over(socket).open();
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
