package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.Program;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code examples/rails} in a running Rails application, Debian's, with a page in Chromium. */
@ExtendWith(Suite.class)
class RailsIT {

    @TempDir
    private static Path root;

    private static final int PORT = Ports.free();
    private static Program rails;

    @BeforeAll
    static void startTheApplication() throws IOException {
        for (Path part : List.of(
                Suite.EXAMPLES.resolve("rails"), Path.of("src/test/rails").toAbsolutePath())) {
            Command.run(root, Map.of(), "cp", "-r", part + "/.", ".");
        }
        Files.createDirectory(root.resolve("public"));
        for (String file : List.of("inbox.js", "messages.js")) {
            Files.copy(
                    Suite.EXAMPLES.resolve("browser").resolve(file),
                    root.resolve("public").resolve(file));
        }
        Files.copy(Site.STOMPJS, root.resolve("public/stomp.umd.min.js"));

        Map<String, String> environment = new HashMap<>(Suite.environment());
        environment.putAll(Map.of("RAILS_ENV", "production", "LANG", "C.UTF-8"));
        rails = Program.start(
                root,
                environment,
                List.of(
                        "sh",
                        "-c",
                        "puma -q -b tcp://localhost:" + PORT + " config.ru >&2 & cat >/dev/null; kill $!; wait"));
        Awaitility.await("Rails listens").atMost(Duration.ofSeconds(30)).until(() -> Ports.isOpen(PORT));
    }

    @AfterAll
    static void stopIt() {
        rails.close();
    }

    @Test
    void thePageShowsWhatTheApplicationPublishesAtOnceAndByAJob() throws Exception {
        try (Page page = open(1)) {
            Site.awaitConnected(page);
            assertEquals(202, post("to=1&text=" + encode("at once: \u00e4")));
            assertEquals(202, post("to=1&later=yes&text=later"));
            Site.awaitMessages(page, "at once: \u00e4", "later");
            page.assertSound();
        }
    }

    @Test
    void whatIsPublishedWhileNobodyLooksWaits() throws Exception {
        assertEquals(202, post("to=2&text=waited"));
        try (Page page = open(2)) {
            Site.awaitMessages(page, "waited");
            Site.awaitUnread(page, 1);
            page.click("#messages button");
            Site.awaitUnread(page, 0);
        }
        try (Page page = open(2)) {
            Site.awaitMessages(page, "waited");
            Site.awaitUnread(page, 0);
            page.assertSound();
        }
    }

    @Test
    void aNewConnectionIsMadeAfterTheOldOneWasCut() throws Exception {
        assertEquals(202, post("to=3&text=before"));
        Suite.gatepost().shell("gatepost:session-close --user system");
        assertEquals(202, post("to=3&later=yes&text=after"));
        try (Page page = open(3)) {
            Site.awaitMessages(page, "before", "after");
        }
    }

    @Test
    void whatIsRefusedIsUnconfirmed() throws Exception {
        Gatepost gatepost = Suite.gatepost();
        gatepost.apply(
                "gatepost.authorization.cfg", Map.of("entry.admins", "queue://app.>  read=admins  write=admins"));
        try {
            assertEquals(503, post("to=4&text=refused"));
        } finally {
            gatepost.apply(
                    "gatepost.authorization.cfg",
                    Map.of("entry.admins", "queue://>  read=admins  write=admins  admin=admins"));
        }
    }

    @Test
    void aNameThatIsNoNameOfAQueueIsRefused() throws Exception {
        assertEquals(400, post("to=5,user.6&text=" + encode("for two")));
    }

    private static Page open(int user) {
        return Suite.browser().open("http://localhost:" + PORT + "/inbox?user=" + user);
    }

    private static int post(String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/notices"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
