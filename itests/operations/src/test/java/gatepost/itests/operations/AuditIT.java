package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who did what, and from where: {@code data/log/audit.log}. */
@ExtendWith(Suite.class)
class AuditIT {

    private static final String COMMANDS = "org.apache.karaf.command.acl.gatepost.cfg";
    private static final String AUTHENTICATION = "gatepost.authentication.cfg";
    private static final Pattern OPERATOR = Pattern.compile("event=\"operator\" outcome=\"(\\w+)\" user=\"(.*?)\" "
            + "way=\"shell\" address=\"(.*?)\" action=\"(.*?)\" on=\"(.*?)\"( reason=\"(.+)\")?");

    /** Commands with their arguments, and what is written of each. */
    private static final String[][] CHANGES = {
        {"message-send audited hello", "done audited"},
        {"queue-purge audited", "done audited"},
        {"subscription-remove nobody none", "refused nobody/none"},
        {"webhook-send none", "refused none"},
        {"webhook-send --user crowd-9 none", "refused none for crowd-9"},
        {"session-close --user crowd-9", "done crowd-9"},
        {"session-close ID:none", "done ID:none"},
        {"session-revoke crowd-9 crowd-10", "done crowd-9 crowd-10"},
        {"session-revoke --undo crowd-9 crowd-10", "done undo crowd-9 crowd-10"},
        {"token-mint crowd-9", "refused crowd-9"},
        {"welcome crowd-9", "refused crowd-9"},
        {"audience-add audited crowd-9", "done audited: crowd-9"},
        {"audience-remove audited crowd-9", "done audited: crowd-9"},
        {"inbox-done --all crowd-9", "done crowd-9"},
        {"inbox-purge --yes crowd-9", "done crowd-9"},
        {"user-erase --yes crowd-9", "done crowd-9"},
        {"route-stop none.yaml/none", "refused none.yaml/none"},
        {"route-start none.yaml/none", "refused none.yaml/none"}
    };

    private static final String[] LOOKS = {
        "session-revoke --list", "inbox-purge crowd-9", "user-erase crowd-9", "status"
    };

    private final Gatepost gatepost = Suite.gatepost();

    @Test
    void eachCommandThatChangesSomethingIsWrittenWithWhoRanItAndFromWhere() {
        int before = audit().length();
        List<String> expected = new ArrayList<>(List.of("done message-send user.crowd-9"));
        StringBuilder commands = new StringBuilder("gatepost:message-send user.crowd-9 kept\n");
        for (String look : LOOKS) {
            commands.append("gatepost:").append(look).append('\n');
        }
        for (String[] change : CHANGES) {
            commands.append("gatepost:").append(change[0]).append('\n');
            String[] outcome = change[1].split(" ", 2);
            expected.add(outcome[0] + ' ' + change[0].split(" ")[0] + ' ' + outcome[1]);
            if (outcome[0].equals("refused")) {
                // a command that fails is the last of its script
                String script = commands.toString();
                assertThrows(AssertionError.class, () -> gatepost.client(script));
                commands.setLength(0);
            }
        }

        List<String> written = new ArrayList<>();
        Matcher line = OPERATOR.matcher(Awaitility.await()
                .until(() -> audit().substring(before), text -> text.contains("action=\"route-start\"")));
        while (line.find()) {
            assertEquals("admin", line.group(2), line.group());
            assertEquals("127.0.0.1", line.group(3), line.group());
            assertEquals(line.group(1).equals("refused"), line.group(7) != null, line.group());
            written.add(line.group(1) + ' ' + line.group(4) + ' ' + line.group(5));
        }
        assertEquals(expected, written, () -> audit().substring(before));
        assertFalse(audit().contains("hello"), "what is in a message is nobody's business");
    }

    /** The file that says who may run what knows which commands these are. */
    @Test
    void noCommandThatChangesSomethingIsLeftOut() throws IOException {
        String acl = Files.readString(gatepost.etc(COMMANDS));
        int begin = acl.indexOf("# These change something");
        assertTrue(begin >= 0, acl);
        Set<String> changing = new TreeSet<>();
        Matcher name = Pattern.compile("(?m)^([a-z-]+) = ").matcher(acl.substring(begin, acl.indexOf("\n\n", begin)));
        while (name.find()) {
            changing.add(name.group(1));
        }
        Set<String> tried = new TreeSet<>();
        for (String[] change : CHANGES) {
            tried.add(change[0].split(" ")[0]);
        }
        assertEquals(changing, tried);
    }

    @Test
    void acceptedSignInsAreWrittenWhenThatIsWanted() {
        int before = audit().length();
        signIn("crowd-21");
        gatepost.apply(AUTHENTICATION, Map.of("audit.signins", "all"));
        try {
            signIn("crowd-22");
            // the same again is counted, and told of as a sum
            signIn("crowd-22");
            String line = "event=\"sign-in\" outcome=\"accepted\" user=\"crowd-22\" address=\"stomp://127.0.0.1\"";
            String written = Awaitility.await()
                    .until(() -> audit().substring(before), text -> text.contains("user=\"crowd-22\""));
            assertTrue(written.contains(line), written);
            assertEquals(written.indexOf(line), written.lastIndexOf(line), written);
            String refused = gatepost.applyRefused(AUTHENTICATION, Map.of("audit.signins", "some"));
            assertTrue(refused.contains("audit.signins = some: expected one of refused, all"), refused);
        } finally {
            gatepost.apply(AUTHENTICATION, Map.of("audit.signins", "refused"));
        }
        signIn("crowd-23");
        String written = audit().substring(before);
        assertFalse(written.contains("crowd-21") || written.contains("crowd-23"), written);
    }

    @Test
    void whoComesToTheConsoleAndGoesIsWritten() {
        int before = audit().length();
        Web web = Suite.web();
        assertEquals(
                401,
                web.fromPage("POST", "/session", "{\"user\":\"admin\",\"password\":\"wrong\"}")
                        .statusCode());
        String password =
                gatepost.setting("users.properties", "admin").split(",")[0].strip();
        HttpResponse<String> in =
                web.fromPage("POST", "/session", "{\"user\":\"admin\",\"password\":\"" + password + "\"}");
        assertEquals(200, in.statusCode());
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        assertEquals(
                200, web.fromPage("DELETE", "/session", "", "Cookie", cookie).statusCode());
        String written = audit().substring(before);
        String operator = "user=\"admin\" way=\"console\" address=\"127.0.0.1\"";
        for (String line : List.of(
                "outcome=\"refused\" " + operator + " action=\"sign-in\"",
                "outcome=\"done\" " + operator + " action=\"sign-in\" on=\"admin\"",
                "outcome=\"done\" " + operator + " action=\"sign-out\" on=\"admin\"")) {
            assertTrue(written.contains("event=\"operator\" " + line), () -> line + " is not in " + written);
        }
    }

    private void signIn(String user) {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.connect(user, user);
        }
    }

    private String audit() {
        try {
            return Files.readString(gatepost.home().resolve("data/log/audit.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
