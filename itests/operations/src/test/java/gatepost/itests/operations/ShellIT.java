package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** Seeing and steering it, as scripts and programs do. */
@ExtendWith(Suite.class)
class ShellIT {

    static final List<String> COMMANDS = List.of(
            "status",
            "connector-list",
            "session-list",
            "session-close",
            "session-revoke",
            "acl-list",
            "acl-check",
            "acl-diff",
            "acl-import",
            "token-mint",
            "token-check",
            "password-hash",
            "route-list",
            "route-start",
            "route-stop",
            "welcome",
            "queue-list",
            "queue-browse",
            "queue-purge",
            "inbox-list",
            "inbox-show",
            "inbox-done",
            "inbox-purge",
            "user-erase",
            "presence-list",
            "webhook-list",
            "webhook-show",
            "webhook-send",
            "audience-list",
            "audience-add",
            "audience-remove",
            "message-send",
            "message-trace",
            "store-check",
            "subscription-list",
            "subscription-remove");

    @Test
    void statusIsOneScreenAndTheSameForPrograms() {
        String screen = shell("gatepost:status");
        for (String said : new String[] {
            "Version",
            "Uptime",
            "Broker    open",
            "Users",
            "In / s",
            "connections of ws",
            "store ",
            "gatepost.authorization"
        }) {
            assertTrue(screen.contains(said), () -> said + " is missing in " + screen);
        }
        assertTrue(screen.lines().count() <= 50, screen);

        JsonNode status = json("gatepost:status --json");
        assertEquals("open", status.get("broker").asText());
        assertEquals(2, status.get("connectors").size());
        assertTrue(status.get("uptime").asDouble() > 0);
        assertTrue(
                StreamSupport.stream(status.get("configurations").spliterator(), false)
                        .allMatch(report -> report.get("result").asText().startsWith("taken")),
                status::toString);
    }

    @Test
    void connectorListTellsWhereItListens() {
        JsonNode list = json("gatepost:connector-list --json");
        assertEquals("stomp", list.get(0).get("connector").asText());
        assertEquals(
                "stomp://127.0.0.1:" + Suite.gatepost().stompPort(),
                list.get(0).get("uri").asText());
        assertEquals("open", list.get(1).get("state").asText());
    }

    @Test
    void sessionListTellsHowFarBehindAClientIs() {
        try (StompClient slow = Transport.WEB_SOCKET.client(Suite.gatepost());
                StompClient system = Transport.TCP.client(Suite.gatepost())) {
            slow.connect("reader-11", "reader-11", "heart-beat:0,7000");
            slow.done(ClientFrame.subscribe("1", "/queue/user.reader-11", "ack:client"));
            system.connect("system", "manager");
            system.done(ClientFrame.send("/queue/user.reader-11", "one"));
            system.done(ClientFrame.send("/queue/user.reader-11", "two"));
            slow.expect("MESSAGE");
            slow.expect("MESSAGE");

            JsonNode session =
                    json("gatepost:session-list --json --user reader-11").get(0);

            assertEquals("ws", session.get("connector").asText());
            assertEquals(2, session.get("unacknowledged").asInt());
            assertEquals("7000,0", session.get("heart-beats").asText());
            assertEquals(
                    "queue://user.reader-11",
                    session.get("subscriptions").get(0).asText());
            assertEquals(
                    1,
                    shell("gatepost:session-list --no-format --limit 1").lines().count());
        }
    }

    @Test
    void aDurableSubscriptionIsListedAndRemoved() {
        try (StompClient system = Transport.TCP.client(Suite.gatepost())) {
            system.connect("system", "manager", "client-id:durable-it");
            system.done(ClientFrame.subscribe(
                    "s", "/topic/durable.it", "activemq.subscriptionName:news", "selector:colour = 'red'"));
            JsonNode online = json("gatepost:subscription-list --json system").get(0);
            assertEquals("system/durable-it", online.get("client").asText());
            assertEquals("durable.it", online.get("topic").asText());
            assertEquals("colour = 'red'", online.get("selector").asText());
            assertThrows(
                    AssertionError.class,
                    () -> shell("gatepost:subscription-remove system/durable-it news"),
                    "it is on line");
        }
        try (StompClient system = Transport.TCP.client(Suite.gatepost())) {
            system.connect("system", "manager");
            system.done(ClientFrame.send("/topic/durable.it", "one", "persistent:true", "colour:red"));
        }
        Awaitility.await()
                .until(() ->
                        json("gatepost:subscription-list --json system").get(0).hasNonNull("offlineSince"));

        assertEquals(
                "The subscription is removed; 1 message is dropped\n",
                shell("gatepost:subscription-remove system/durable-it news"));

        assertEquals(0, json("gatepost:subscription-list --json system").size());
        assertThrows(
                AssertionError.class, () -> shell("gatepost:subscription-remove system/durable-it news"), "it is gone");
    }

    @Test
    void aMessageIsSentListedBrowsedTracedAndPurged() {
        String id = json("gatepost:message-send --json --header colour:blue user.reader-12 'Maintenance at noon'")
                .get("message")
                .asText();

        JsonNode queue = json("gatepost:queue-list --json user.reader-12").get(0);
        assertEquals(1, queue.get("messages").asInt());
        assertEquals(0, queue.get("consumers").asInt());
        assertTrue(queue.get("ageOfOldest").asDouble() >= 0, queue::toString);

        JsonNode message = json("gatepost:queue-browse --json user.reader-12").get(0);
        assertEquals(id, message.get("message").asText());
        assertEquals("Maintenance at noon", message.get("body").asText());
        assertEquals("colour:blue", message.get("headers").asText());
        assertTrue(message.get("persistent").asBoolean());
        assertEquals(1, json("gatepost:queue-browse --json user.reader-12").size(), "browsing takes nothing");

        JsonNode story = json("gatepost:message-trace --json reader-12").get(0);
        assertEquals(id, story.get("message").asText());
        assertFalse(story.get("stored").isNull(), story::toString);
        assertTrue(story.get("sent").isNull(), story::toString);

        assertEquals(
                "1 message is dropped",
                shell("gatepost:queue-purge user.reader-12").strip());
        assertEquals(
                0,
                json("gatepost:queue-list --json user.reader-12")
                        .get(0)
                        .get("messages")
                        .asInt());
        try (StompClient reader = Transport.TCP.client(Suite.gatepost())) {
            reader.connect("reader-12", "reader-12");
            reader.done(ClientFrame.subscribe("1", "/queue/user.reader-12"));
            shell("gatepost:message-send /queue/user.reader-12 'after all'");
            ServerFrame frame = reader.expect("MESSAGE");
            assertEquals("after all", frame.text(), "what was dropped is gone, and nothing else");
        }
    }

    @Test
    void traceTellsWhatBecameOfEachMessage() {
        try (StompClient reader = Transport.WEB_SOCKET.client(Suite.gatepost());
                StompClient system = Transport.TCP.client(Suite.gatepost())) {
            reader.connect("reader-13", "reader-13");
            reader.done(ClientFrame.subscribe("1", "/queue/user.reader-13", "ack:client-individual"));
            system.connect("system", "manager");
            system.done(ClientFrame.send("/queue/user.reader-13", "read"));
            system.done(ClientFrame.send("/queue/user.reader-13", "refused"));
            reader.done(ClientFrame.of("ACK", "id:" + reader.expect("MESSAGE").header("ack")));
            reader.done(ClientFrame.of("NACK", "id:" + reader.expect("MESSAGE").header("ack")));
            reader.done(ClientFrame.of("UNSUBSCRIBE", "id:1"));
            system.done(ClientFrame.send("/queue/user.reader-13", "late", "expires:1"));
        }
        try (StompClient stranger = Transport.TCP.client(Suite.gatepost())) {
            stranger.connect("reader-14", "reader-14");
            stranger.send(ClientFrame.send("/queue/user.reader-13", "not for you"));
            stranger.expect("ERROR");
        }
        // whoever looks into the queue finds the late one out
        json("gatepost:queue-browse --json user.reader-13");

        Awaitility.await()
                .until(
                        () -> json("gatepost:message-trace --json reader-13"),
                        trace -> trace.size() == 4
                                && trace.get(0).get("outcome").asText().equals("acknowledged")
                                && trace.get(1).get("outcome").asText().equals("rejected")
                                && trace.get(2).get("outcome").asText().equals("expired")
                                && trace.get(3).get("outcome").asText().equals("denied"));
        JsonNode trace = json("gatepost:message-trace --json reader-13");
        assertEquals("system", trace.get(0).get("from").asText());
        assertFalse(trace.get(0).get("sent").isNull());
        assertEquals(1, trace.get(0).get("times").asInt());
        assertTrue(trace.get(3).get("accepted").isNull());
        assertEquals("reader-14", trace.get(3).get("from").asText());
        assertEquals(
                1, json("gatepost:message-trace --json --limit 1 reader-13").size());
    }

    @Test
    void nothingListsEverythingUnasked() {
        try (StompClient system = Transport.TCP.client(Suite.gatepost())) {
            system.connect("system", "manager");
            for (int i = 0; i < 60; i++) {
                system.done(ClientFrame.send("/queue/many." + i, "x"));
            }
            for (int i = 0; i < 25; i++) {
                system.done(ClientFrame.send("/queue/many.0", "y"));
            }
        }
        assertEquals(50, json("gatepost:queue-list --json 'many.*'").size());
        assertEquals(
                "many.0",
                json("gatepost:queue-list --json 'many.*'").get(0).get("queue").asText(),
                "the fullest first");
        assertEquals(60, json("gatepost:queue-list --json --limit 100 'many.*'").size());
        assertTrue(shell("gatepost:queue-list 'many.*'").contains("and 10 more"));
        assertEquals(20, json("gatepost:queue-browse --json many.0").size());
    }

    @Test
    void helpShowsAnExampleOfEachCommandAndAllAnswerScriptsAndPrograms() {
        String help = shell(COMMANDS.stream()
                .map(command -> "gatepost:" + command + " --help")
                .collect(Collectors.joining("\n")));
        for (String option : List.of("--json", "--no-format")) {
            assertEquals(
                    COMMANDS.size(),
                    help.lines()
                            .filter(line -> line.replaceAll("\u001B\\[\\d*m", "")
                                    .strip()
                                    .equals(option))
                            .count(),
                    () -> option + " in " + help);
        }
        for (String command : COMMANDS) {
            assertTrue(
                    help.lines().anyMatch(line -> line.startsWith(" ".repeat(12) + "gatepost:" + command)),
                    () -> command + " has no example in " + help);
        }
    }

    @Test
    void theStoreIsLookedAtInTheShellAndWithoutIt() {
        shell("gatepost:message-send user.checked 'waits'");
        JsonNode files = json("gatepost:store-check --json");
        assertTrue(files.size() > 0, files::toString);
        files.forEach(file -> assertTrue(
                Set.of("whole", "unused", "torn").contains(file.get("state").asText()), files::toString));
        assertTrue(shell("gatepost:store-check").contains("Nothing is damaged. "));

        Path home = Suite.gatepost().home();
        Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
        String printed = Command.run(home, java, "bin/store-check", "--queues");
        assertTrue(printed.contains("       1  user.checked\n"), printed);
        assertTrue(printed.contains("Nothing is damaged. "), printed);
        assertEquals(
                "/no/such/folder is no folder",
                Command.run(home, java, "sh", "-c", "bin/store-check /no/such/folder 2>&1 || test $? -eq 2")
                        .strip());
        shell("gatepost:queue-purge user.checked");
    }

    /** What tests ask over SSH themselves is what operators get. */
    @Test
    void binClientPrintsTheSame() {
        String commands = "gatepost:connector-list\ngatepost:connector-list --json\nhelp gatepost:status";
        assertEquals(shell(commands), Suite.gatepost().client(commands));
    }

    @Test
    void aScriptSeesThatACommandFailed() {
        String command = "gatepost:queue-purge no.such.queue";
        String said = failure(() -> Suite.gatepost().client(command));
        assertTrue(said.contains("no.such.queue"), said);
        assertEquals(said, failure(() -> shell(command)));
    }

    /** @return what a command said that failed */
    private static String failure(Executable command) {
        String message = assertThrows(AssertionError.class, command).getMessage();
        String[] parts = message.split("ended with status 1: ", 2);
        assertEquals(2, parts.length, message);
        return parts[1];
    }

    private static String shell(String command) {
        return Suite.gatepost().shell(command);
    }

    private static JsonNode json(String command) {
        return Json.read(shell(command));
    }
}
