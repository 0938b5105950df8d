package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is revoked stays so: through the end of the process, and through that of the user's inbox. */
class DurableRevocationIT {

    private static final Keys KEYS = new Keys();

    @Test
    void aRevocationOutlivesAKillAndTheInboxOfItsUser() {
        try (Gatepost gatepost = Gatepost.unpack()) {
            KEYS.install(gatepost);
            gatepost.start();
            String lost = token("carol", "lost");
            String early = token("dora", "any");
            assertEquals("in", attempt(gatepost, lost));
            gatepost.shell("""
                    gatepost:session-revoke --token lost
                    gatepost:session-revoke mallory
                    gatepost:session-revoke --issued-before now dora""");

            for (boolean kill : new boolean[] {true, false, true}) {
                if (kill) {
                    gatepost.kill();
                } else {
                    gatepost.stop();
                }
                gatepost.start();
                assertEquals("sign-in refused: the token was revoked", attempt(gatepost, lost));
                assertEquals("sign-in refused: the user was revoked", attempt(gatepost, token("mallory", "any")));
                assertEquals("sign-in refused: the token was revoked", attempt(gatepost, early));
                assertEquals("in", attempt(gatepost, token("carol", "kept")));
                gatepost.shell("gatepost:user-erase --yes carol");
            }
            assertEquals("sign-in refused: the token was revoked", attempt(gatepost, lost), "erasing makes none good");
            theLedgerIsNobodysQueue(gatepost);

            gatepost.shell("gatepost:session-revoke --token lost --undo");
            gatepost.kill();
            gatepost.start();
            assertEquals("in", attempt(gatepost, lost));
            assertEquals("sign-in refused: the user was revoked", attempt(gatepost, token("mallory", "any")));
        }
    }

    private static void theLedgerIsNobodysQueue(Gatepost gatepost) {
        try (StompClient system = Transport.TCP.client(gatepost)) {
            system.connect("system", "manager");
            system.done(ClientFrame.subscribe("all", "/queue/>"));
            ServerFrame refused = system.request(ClientFrame.send("/queue/gatepost.revocations", "mine"));
            assertEquals("ERROR", refused.command());
        }
        String queues = gatepost.shell("gatepost:queue-list --no-format");
        assertTrue(!queues.contains("gatepost.revocations"), queues);
    }

    @Test
    void whereNothingIsKeptTheShellSaysSo() {
        try (Gatepost gatepost = Gatepost.unpack()) {
            KEYS.install(gatepost);
            gatepost.configure("gatepost.broker.cfg", Map.of("store", "memory"));
            gatepost.configure("gatepost.authentication.cfg", Map.of("revocations.max", "2"));
            gatepost.start();
            assertEquals("in", attempt(gatepost, token("carol", "lost")));
            String said = gatepost.shell("gatepost:session-revoke --token lost");
            assertTrue(said.contains("store = memory"), said);
            assertEquals("sign-in refused: the token was revoked", attempt(gatepost, token("carol", "lost")));
            AssertionError full = assertThrows(
                    AssertionError.class, () -> gatepost.shell("gatepost:session-revoke --token a --token b"));
            assertTrue(full.getMessage().contains("at most 2 may be in force (revocations.max)"), full.getMessage());
        }
    }

    private static String token(String user, String id) {
        return Token.of(user, "users")
                .with("jti", id)
                .with("iat", Instant.now().getEpochSecond())
                .signed(KEYS, Keys.Algorithm.HS256);
    }

    private static String attempt(Gatepost gatepost, String token) {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.send(
                    ClientFrame.of("CONNECT", "accept-version:1.2", "host:localhost", "login:", "passcode:" + token));
            ServerFrame answer = client.frame();
            if (answer.command().equals("ERROR")) {
                return answer.text();
            }
            client.done(ClientFrame.subscribe("s", "/gatepost/inbox/state"));
            return "in";
        }
    }
}
