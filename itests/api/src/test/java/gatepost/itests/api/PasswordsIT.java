package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Hash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a call with a password costs, on a connection of its own each time as many clients make them. */
@ExtendWith(Suite.class)
class PasswordsIT {

    private static final int ROUNDS = 210_000;
    private static final String USER = "hashed";

    private final Gatepost gatepost = Suite.gatepost();
    private String before;

    @BeforeEach
    void stored() {
        before = Suite.read("etc/" + Suite.USERS);
        store("first");
    }

    @AfterEach
    void asItWas() {
        gatepost.write(Suite.USERS, before);
    }

    private void store(String password) {
        gatepost.configure(Suite.USERS, Map.of(USER, Hash.of(password, ROUNDS) + ",_g_:users"));
    }

    @Test
    void aPasswordIsHashedOnceForManyConnectionsAndAWrongOneEachTime() {
        assertEquals(200, call("first"));
        long hashed = hashed();
        for (int i = 0; i < 20; i++) {
            assertEquals(200, call("first"));
        }
        assertEquals(hashed, hashed());
        for (int i = 1; i <= 3; i++) {
            assertEquals(401, call("second"));
            assertEquals(hashed + i, hashed());
            assertEquals(200, call("first"));
        }
    }

    @Test
    void onceTheFileIsChangedTheOldPasswordFailsAtOnce() {
        assertEquals(200, call("first"));
        store("second");
        assertEquals(401, call("first"));
        assertEquals(200, call("second"));
    }

    @Test
    void aRevocationHasThePasswordLookedAtAnew() {
        assertEquals(200, call("first"));
        Caller.ADMINISTRATOR.post("revocations", "{'user':'" + USER + "'}").expect(200);
        assertEquals(401, call("first"));
        Caller.ADMINISTRATOR.call("DELETE", "revocations?user=" + USER, null).expect(204);
        assertEquals(200, call("first"));

        Caller.ADMINISTRATOR
                .post(
                        "revocations",
                        "{'user':'" + USER + "','issuedBefore':" + (System.currentTimeMillis() - 1_000) + "}")
                .expect(200);
        long hashed = hashed();
        assertEquals(200, call("first"));
        assertEquals(hashed + 1, hashed());
    }

    private static int call(String password) {
        try (RawHttp connection = new RawHttp()) {
            connection.send(RawHttp.get("users/" + USER, Caller.basic(USER, password)));
            return connection.reply().status();
        }
    }

    /** @return password hashes that were computed since the start */
    private long hashed() {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gatepost.httpPort() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("gatepost_password_checks_total{effort=\"hash\"}"))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
