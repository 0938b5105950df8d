package gatepost.itests.gate;

import static gatepost.itests.gate.Client.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The talk's own map in the file, written by hand and imported from an activemq.xml: {@code talk-map.table}. */
@ExtendWith(Suite.class)
class TalkMapIT {

    private static final String BY_HAND = """
            entry.queues     = queue://>                    read=admins,users  write=admins,users  admin=admins
            entry.advisories = topic://ActiveMQ.Advisory.>  read=users  write=users  admin=users
            entry.replies    = topic://*.reply.>            read=users  write=users  admin=users
            """;
    private static final Table TABLE = Table.read("talk-map.table");
    private static String before;

    @BeforeAll
    static void keep() {
        before = Suite.map();
        // only admins make queues
        List.of("/queue/user.alice", "/queue/user.bob", "/queue/app.requests").forEach(Suite.keeper()::takeAll);
    }

    @AfterAll
    static void putBack() {
        Suite.map(before);
    }

    @TestFactory
    Stream<DynamicNode> byHand() {
        Suite.map(BY_HAND);
        return played();
    }

    @TestFactory
    Stream<DynamicNode> imported() throws IOException {
        Path file = Suite.gatepost().home().resolve("activemq.xml");
        try (InputStream xml = TalkMapIT.class.getResourceAsStream("talk-activemq.xml")) {
            Files.write(file, xml.readAllBytes());
        }
        String printed = Suite.gatepost().shell("gatepost:acl-import " + file);
        assertTrue(printed.contains("queue://>"), printed);
        Suite.map(printed);
        return played();
    }

    private static Stream<DynamicNode> played() {
        List<DynamicNode> nodes = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            nodes.add(DynamicContainer.dynamicContainer(
                    transport.name(),
                    TABLE.played(user -> new RawClient(transport.client(Suite.gatepost()), Suite.account(user)))));
            nodes.add(DynamicTest.dynamicTest(
                    "a request and its reply [" + transport + "]", () -> requestAndReply(transport)));
        }
        return nodes.stream();
    }

    private static void requestAndReply(Transport transport) {
        try (RawClient asking = client(transport, "alice");
                RawClient answering = client(transport, "bob")) {
            assertEquals(DONE, answering.subscribe("/queue/app.requests", Map.of()));
            assertEquals(DONE, asking.subscribe("/topic/app.reply.alice", Map.of()));

            assertEquals(
                    DONE,
                    asking.send("/queue/app.requests", "how much?", Map.of("reply-to", "/topic/app.reply.alice")));
            ServerFrame request = answering.messageFrame();
            assertEquals("how much?", request.text());
            assertEquals(DONE, answering.send(request.header("reply-to"), "42", Map.of()));

            assertEquals("42", asking.message());
        }
    }

    private static RawClient client(Transport transport, String user) {
        return new RawClient(transport.client(Suite.gatepost()), Suite.account(user));
    }
}
