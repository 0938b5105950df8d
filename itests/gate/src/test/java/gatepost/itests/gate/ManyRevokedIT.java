package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Alone;
import gatepost.itests.harness.Bystander;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Five hundred sessions are revoked at once, and the others notice nothing. */
@Alone
@ExtendWith(Suite.class)
class ManyRevokedIT {

    private static final int SESSIONS = 500;

    @Test
    void fiveHundredSessionsAreGoneWithinASecondAndTheOthersNoticeNothing() {
        Gatepost gatepost = Suite.gatepost();
        String name = Suite.name();
        List<StompClient> clients = new ArrayList<>();
        List<String> users = new ArrayList<>();
        try (Bystander bystander = Bystander.watch(gatepost);
                StompClient stays = signedIn(Transport.WEB_SOCKET, name + "-stays")) {
            for (int i = 0; i < SESSIONS; i++) {
                users.add(name + "-" + i);
                clients.add(signedIn(i % 2 == 0 ? Transport.WEB_SOCKET : Transport.TCP, users.get(i)));
            }
            gatepost.shell("gatepost:status");
            bystander.forget();

            String said = gatepost.shell("gatepost:session-revoke " + String.join(" ", users));
            long revoked = System.nanoTime();
            for (StompClient client : clients) {
                assertEquals(
                        "signed out: the user was revoked",
                        client.expect("ERROR").text());
            }
            long told = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - revoked);
            clients.forEach(StompClient::expectEnd);
            long gone = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - revoked);

            assertTrue(said.contains("500 revocations are in force; 500 sessions are closed"), said);
            assertTrue(told < 1000 && gone < 1000, "told after " + told + " ms, gone after " + gone + " ms");
            stays.done(ClientFrame.send("/queue/app.inbox", "notices nothing"));
            bystander.assertUnharmed();
        } finally {
            clients.forEach(StompClient::close);
            gatepost.shell("gatepost:session-revoke --undo " + String.join(" ", users));
        }
        assertEquals(
                "",
                gatepost.shell("gatepost:session-revoke --list --no-format")
                        .lines()
                        .filter(line -> line.contains(name + "-"))
                        .findAny()
                        .orElse(""));
    }

    private static StompClient signedIn(Transport transport, String user) {
        StompClient client = transport.client(Suite.gatepost());
        client.connect("", Token.of(user, "users").signed(Suite.keys(), Keys.Algorithm.HS256));
        client.done(ClientFrame.subscribe("s", "/queue/user." + user));
        return client;
    }
}
