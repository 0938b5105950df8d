package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Selectors that are made to take memory or time. */
@ExtendWith(Suite.class)
class SelectorIT {

    private static final String OWN = "/temp-queue/own";

    @ParameterizedTest
    @EnumSource
    void aSelectorThatIsMoreThanComparisonsIsRefusedWithItsFault(Transport transport) {
        String user = Suite.attacker();
        List<String[]> refused = new ArrayList<>();
        String nested = "note";
        for (int i = 0; i < 60; i++) {
            nested = "REPLACE(" + nested + ",'a','aa')";
        }
        refused.add(new String[] {nested + " = 'b'", "no functions"});
        refused.add(new String[] {"REGEX('(a+)+b', note)", "no functions"});
        refused.add(new String[] {"XPATH '//a'", "no XPATH"});
        refused.add(new String[] {"XQUERY '//a'", "no XPATH or XQUERY"});
        refused.add(new String[] {"(".repeat(1_900) + "TRUE" + ")".repeat(10), "nested more than"});
        refused.add(new String[] {"NOT ".repeat(400) + "TRUE", "nested more than"});
        refused.add(new String[] {"note LIKE '" + "%a".repeat(30) + "'", "wildcards"});
        refused.add(new String[] {"note = '" + "a".repeat(3_000) + "'", "characters, at most"});
        for (String[] row : refused) {
            try (StompClient client = transport.client(Suite.gatepost())) {
                client.connect(user, user);
                ServerFrame answer =
                        client.request(ClientFrame.subscribe("s", OWN, "selector:" + row[0].replace(":", "\\c")));
                assertEquals("ERROR", answer.command());
                assertTrue(answer.toString().contains(row[1]), () -> row[1] + " is not in " + answer);
            }
        }
    }

    /** One such message kept a thread busy for years. */
    @ParameterizedTest
    @EnumSource
    void aPatternOfManyWildcardsIsMatchedAtOnce(Transport transport) {
        String user = Suite.attacker();
        try (StompClient client = transport.client(Suite.gatepost())) {
            client.connect(user, user);
            client.done(ClientFrame.subscribe("s", OWN, "selector:note LIKE '%a%a%a%a%a%a%a%a%b'"));
            for (int i = 0; i < 50; i++) {
                client.send(ClientFrame.send(OWN, "never", "note:" + "a".repeat(8_000)));
            }
            client.done(ClientFrame.send(OWN, "at last", "note:" + "a".repeat(20) + "b"));

            assertEquals("at last", client.expect("MESSAGE").text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatIsTooMuchWorkDoesNotMatchAndIsCounted(Transport transport) {
        String user = Suite.attacker();
        double before = Metrics.of("gatepost_selectors_exhausted_total");
        try (StompClient client = transport.client(Suite.gatepost())) {
            client.connect(user, user);
            // fifteen comparisons of 8,000 characters, and 50,000 are the limit
            client.done(
                    ClientFrame.subscribe("s", OWN, "selector:" + "note LIKE '%z' OR ".repeat(15) + "note LIKE 'a%'"));
            client.send(ClientFrame.send(OWN, "never", "note:" + "a".repeat(8_000)));
            client.done(ClientFrame.send(OWN, "short", "note:aaa"));

            assertEquals("short", client.expect("MESSAGE").text());
        }
        assertTrue(Metrics.of("gatepost_selectors_exhausted_total") > before);
    }

    /** A session outlived its socket and its end by an operator while its selectors were at work, and its queue served nobody. */
    @ParameterizedTest
    @EnumSource
    void aSessionThatIsClosedIsGoneHoweverBusyItsSelectorsAre(Transport transport) {
        String user = Suite.attacker();
        String queue = "/queue/user." + user;
        try (StompClient client = transport.client(Suite.gatepost());
                StompClient application = Transport.TCP.client(Suite.gatepost())) {
            client.connect(user, user);
            for (int i = 0; i < 40; i++) {
                client.done(ClientFrame.subscribe("s" + i, queue, "selector:note LIKE '%a%a%a%a%a%a%a%a%" + i + "'"));
            }
            application.connect("system", "manager");
            for (int i = 0; i < 150; i++) {
                application.send(ClientFrame.send(queue, "message " + i, "note:" + "a".repeat(8_000)));
            }
            assertTrue(Suite.gatepost()
                    .shell("gatepost:session-close --user " + user)
                    .contains("1 session is closed"));
            assertTrue(
                    client.rest().stream().anyMatch(frame -> frame.command().equals("ERROR")),
                    "the session ends, and says so");
        }
        try (StompClient again = transport.client(Suite.gatepost())) {
            again.connect(user, user);
            again.send(ClientFrame.subscribe("s", queue));
            for (int i = 0; i < 150; i++) {
                assertEquals("message " + i, again.expect("MESSAGE").text());
            }
        }
    }
}
