package gatepost.itests.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples as they stand in {@code examples/routes}, and camel-stomp in an operator's route. */
class ExamplesIT extends RoutesTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("gatepost.examples"));

    @Test
    void filesThatAreDroppedIntoAFolderBecomeMessagesToUsers() throws Exception {
        route("folder-to-users.yaml", example("folder-to-users.yaml"));
        drop("alice", "a.txt", "for alice: \u00e4");
        drop("bob", "b.txt", "for bob");
        assertEquals("for alice: \u00e4", next("alice", "/queue/user.alice").text());
        assertEquals("for bob", next("bob", "/queue/user.bob").text());
        eventually().until(() -> !Files.exists(gatepost.home().resolve("data/outbox/alice/a.txt")));
    }

    @Test
    void aFileWaitsWhileItsMessageIsDenied() throws Exception {
        route("folder-to-users.yaml", example("folder-to-users.yaml"));
        takeAway("routes");
        Path file = drop("alice", "late.txt", "late");
        awaitRoute("^folder-to-users.yaml/folder-to-users\\s.*Denied.*Denied: write queue://user.alice");
        assertTrue(Files.exists(file));
        allow("routes", "queue://user.>  write=gatepost-routes  admin=gatepost-routes");
        assertEquals("late", next("alice", "/queue/user.alice").text());
    }

    @Test
    void everybodyWhoIsConnectedGetsTheNotice() throws Exception {
        allow("notices", line("notice-to-all.yaml", "entry.notices"));
        try (StompClient alice = Transport.WEB_SOCKET.client(gatepost);
                StompClient bob = Transport.TCP.client(gatepost)) {
            for (StompClient client : List.of(alice, bob)) {
                String user = client == alice ? "alice" : "bob";
                client.connect(user, user);
                client.done(ClientFrame.subscribe("1", "/topic/notices"));
            }
            route("notice-to-all.yaml", example("notice-to-all.yaml"));
            for (StompClient client : List.of(alice, bob)) {
                String text = client.expect("MESSAGE").text();
                assertTrue(text.matches("It is \\d\\d:\\d\\d\\. Remember to take a break\\."), text);
            }
        }
    }

    @Test
    void anHttpRequestBecomesAMessage() throws Exception {
        gatepost.write("secrets/http-token", "not for everybody\n");
        route("http-to-user.yaml", example("http-to-user.yaml"));
        assertEquals(202, post("/users/alice/messages", "not for everybody", "Your order is on its way"));
        assertEquals(401, post("/users/alice/messages", "guessed", "evil"));
        assertEquals(401, post("/users/alice/messages?CamelGatepostDestination=user.bob", "", "evil"));
        ServerFrame message = next("alice", "/queue/user.alice");
        assertEquals("Your order is on its way", message.text());
        assertEquals("text/plain", message.header("content-type"));
        assertTrue(
                message.headers().keySet().stream().noneMatch(name -> name.equalsIgnoreCase("X-Token")),
                message.toString());
    }

    @Test
    void theMessagesOfAQueueAreWrittenToAFile() throws Exception {
        allow("route-inbox", line("inbox-to-file.xml", "entry.route-inbox"));
        route("inbox-to-file.xml", example("inbox-to-file.xml"));
        try (StompClient alice = Transport.WEB_SOCKET.client(gatepost)) {
            alice.connect("alice", "alice");
            for (String text : List.of("one", "two", "three")) {
                alice.done(ClientFrame.send("/queue/app.inbox", text));
            }
        }
        Path inbox = gatepost.home().resolve("data/inbox");
        eventually().until(() -> written(inbox).equals("one\ntwo\nthree\n"));
    }

    @Test
    void whatWaitsForTooLongIsToldByMail() throws Exception {
        try (MailReceiver receiver = new MailReceiver()) {
            String example = example("undelivered-to-mail.yaml");
            assertTrue(example.contains("after: 3600") && example.contains("127.0.0.1:25"), example);
            route(
                    "undelivered-to-mail.yaml",
                    example.replace("after: 3600", "after: 1").replace("127.0.0.1:25", "127.0.0.1:" + receiver.port()));
            try (StompClient application = Transport.TCP.client(gatepost)) {
                application.connect("app", "app");
                application.done(ClientFrame.send("/queue/user.bob", "read at once", "gatepost-id:order-16"));
                next("bob", "/queue/user.bob");
                application.done(ClientFrame.send("/queue/user.bob", "secret", "gatepost-id:order-17"));
            }
            eventually().until(() -> !receiver.mails().isEmpty());
            String mail = receiver.mails().get(0);
            assertTrue(mail.contains("RCPT TO:<bob@example.com>"), mail);
            assertTrue(mail.contains("Subject: A message is waiting for you"), mail);
            assertTrue(mail.contains("There is something new for you: order-17"), mail);
            assertTrue(!mail.contains("secret"), mail);
        }
    }

    @Test
    void camelStompIsThereForAnyServer() {
        route("stomp.yaml", """
                - from:
                    uri: timer:once?repeatCount=1
                    steps:
                      - setBody:
                          constant: by camel-stomp
                      - to: stomp:/queue/app.stomp?brokerURL=tcp://127.0.0.1:%d&login=system&passcode=RAW(manager)
                """.formatted(gatepost.stompPort()));
        assertEquals("by camel-stomp", next("system", "/queue/app.stomp").text());
        assertTrue(routeList().stream().noneMatch(row -> row.contains("manager")));
    }

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name));
    }

    /** @return the entry that an example says it needs */
    private static String line(String example, String entry) throws IOException {
        return example(example)
                .lines()
                .map(line -> line.replaceFirst("^#?\\s*", "").replaceFirst(" -->$", ""))
                .filter(line -> line.startsWith(entry + " = "))
                .map(line -> line.substring(entry.length() + 3))
                .findFirst()
                .orElseThrow();
    }

    private Path drop(String user, String name, String text) throws IOException {
        Path folder = Files.createDirectories(gatepost.home().resolve("data/outbox/" + user));
        Path next = Files.writeString(gatepost.home().resolve("data/next"), text);
        return Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private int post(String path, String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .header("X-Token", token)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private ServerFrame next(String user, String queue) {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.connect(user, user.equals("system") ? "manager" : user);
            client.send(ClientFrame.subscribe("1", queue, "ack:client-individual"));
            ServerFrame message = client.expect("MESSAGE");
            client.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
            return message;
        }
    }

    private static String written(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(ExamplesIT::text).collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
