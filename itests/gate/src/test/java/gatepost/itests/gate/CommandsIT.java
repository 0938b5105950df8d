package gatepost.itests.gate;

import static gatepost.itests.gate.Client.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator asks and does through {@code bin/client}; {@code --no-format} is for scripts. */
@ExtendWith(Suite.class)
class CommandsIT {

    @Test
    void aclListShowsTheMapInForce() {
        List<List<String>> rows = rows(shell("gatepost:acl-list --no-format"));

        assertTrue(rows.contains(List.of("own-queue", "queue://user.{user}", "users", "", "users")), rows::toString);
        assertTrue(rows.contains(List.of("admins", "queue://>", "admins", "admins", "admins")), rows::toString);
        assertTrue(
                rows.contains(
                        List.of("temporary", "temporary destinations", "admins,users", "admins,users", "admins,users")),
                rows::toString);
    }

    @Test
    void aclCheckSaysWhichEntryDecides() {
        String printed = shell(
                "gatepost:acl-check alice read queue://user.alice",
                "gatepost:acl-check alice read /queue/user.bob",
                "gatepost:acl-check --groups admins mallory write queue://user.bob",
                "gatepost:acl-check alice read 'queue://user.*'");

        assertTrue(
                printed.contains("allowed: read queue://user.alice for alice in [users]\ndecided by: own-queue\n"),
                printed);
        assertTrue(printed.contains("denied: read queue://user.bob for alice in [users]\nbecause: "), printed);
        assertTrue(
                printed.contains("allowed: write queue://user.bob for mallory in [admins]\ndecided by: admins\n"),
                printed);
        assertTrue(printed.contains("denied: read queue://user.* for alice in [users]\n"), printed);
    }

    @Test
    void aclDiffShowsWhatWouldChangeAndWhoWouldBeCut() throws IOException {
        Path file = Suite.gatepost().home().resolve("changed.cfg");
        Files.writeString(
                file, Suite.map().replaceFirst("(?m)^entry\\.board.*$", "entry.wall = topic://wall.> read=users"));
        try (RawClient alice = client("alice");
                RawClient bob = client("bob")) {
            assertEquals(DONE, alice.subscribe("/queue/board.>", Map.of()));
            assertEquals(DONE, bob.subscribe("/queue/user.bob", Map.of()));

            String printed = shell("gatepost:acl-diff --no-format " + file);

            List<List<String>> rows = rows(printed);
            assertTrue(
                    rows.stream().anyMatch(row -> row.size() > 1 && row.get(1).equals("wall")), printed);
            assertTrue(
                    rows.stream().anyMatch(row -> row.size() > 1 && row.get(1).equals("board")), printed);
            assertTrue(
                    rows.stream().anyMatch(row -> row.contains("alice") && row.contains("queue://board.>")), printed);
            assertFalse(rows.stream().anyMatch(row -> row.contains("bob")), printed);
            // nothing has changed yet
            Suite.keeper().put("/queue/board.open", "she is still here");
            assertEquals("she is still here", alice.message());
        }
    }

    @Test
    void aclDiffSaysWhatIsWrongWithAFile() throws IOException {
        Path file = Suite.gatepost().home().resolve("wrong.cfg");
        Files.writeString(
                file, "entry.own-queue = queue://user.{user}.> read=users\nentry.other = queue://a raed=users\n");

        String printed = shell("gatepost:acl-diff --no-format " + file);

        assertTrue(printed.contains("It would be refused"), printed);
        assertTrue(printed.contains("entry.own-queue"), printed);
        assertTrue(printed.contains("entry.other"), printed);
    }

    @Test
    void sessionListShowsWhoIsThereAndWhatTheyRead() {
        try (RawClient alice = client("alice", "client-id:phone");
                RawClient carol = client("carol")) {
            assertEquals(DONE, alice.subscribe("/queue/user.alice", Map.of()));
            assertEquals(DONE, carol.subscribe("/topic/chat.room", Map.of()));

            List<List<String>> rows = rows(shell("gatepost:session-list --no-format"));

            List<String> phone = List.of("alice", "users", "alice/phone");
            assertTrue(
                    rows.stream()
                            .anyMatch(row -> row.size() == 12
                                    && row.subList(1, 4).equals(phone)
                                    && row.get(5).equals("stomp")
                                    && row.get(11).equals("queue://user.alice")),
                    rows::toString);
            assertTrue(
                    rows.stream()
                            .anyMatch(row -> row.size() == 12
                                    && row.get(1).equals("carol")
                                    && row.get(11).equals("topic://chat.room")),
                    rows::toString);
        }
    }

    @Test
    void sessionCloseEndsOneSessionOrAllOfAUser() {
        try (RawClient one = client("alice");
                RawClient other = client("alice");
                RawClient bob = client("bob")) {
            assertEquals(DONE, one.subscribe("/queue/user.alice", Map.of()));
            assertEquals(DONE, bob.subscribe("/queue/user.bob", Map.of()));
            String id = rows(shell("gatepost:session-list --no-format")).stream()
                    .filter(row -> row.size() == 12 && row.get(11).equals("queue://user.alice"))
                    .findFirst()
                    .orElseThrow()
                    .get(0);

            assertTrue(shell("gatepost:session-close " + id).contains("1 session is closed"));
            assertEquals("Closed by an operator", one.error());
            one.expectEnd();
            assertEquals(DONE, other.send("/queue/app.inbox", "still here", Map.of()));
            assertEquals(List.of("still here"), Suite.keeper().takeAll("/queue/app.inbox"));

            assertTrue(shell("gatepost:session-close --user alice").contains("1 session is closed"));
            assertEquals("Closed by an operator", other.error());
            other.expectEnd();
            assertEquals(DONE, bob.send("/queue/app.inbox", "untouched", Map.of()));
            assertEquals(List.of("untouched"), Suite.keeper().takeAll("/queue/app.inbox"));
        }
    }

    @Test
    void theAuditLogHasALineForEachDenial() {
        try (RawClient alice = client("alice", "client-id:audit")) {
            alice.subscribe("/queue/user.bob", Map.of());
            alice.expectEnd();
        }
        String expected =
                "decision=\"denied\" user=\"alice\" groups=\"users\" operation=\"read\" destination=\"queue://user.bob\" "
                        + "client=\"alice/audit\" address=\"stomp://127.0.0.1:";
        assertTrue(Suite.audit().lines().anyMatch(line -> line.contains(expected)), Suite::audit);
    }

    private static RawClient client(String user, String... headers) {
        return new RawClient(Transport.TCP.client(Suite.gatepost()), Suite.account(user), headers);
    }

    private static String shell(String... commands) {
        return Suite.gatepost().shell(String.join("\n", commands));
    }

    /** @return the cells of each line */
    private static List<List<String>> rows(String printed) {
        return printed.lines()
                .map(line ->
                        Arrays.stream(line.split("\t", -1)).map(String::strip).toList())
                .toList();
    }
}
