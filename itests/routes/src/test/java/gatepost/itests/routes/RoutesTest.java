package gatepost.itests.routes;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** After each test its routes and entries are taken back, and nothing waits in the queues that several tests use. */
@ExtendWith(Suite.class)
abstract class RoutesTest {

    static final String MAP = "gatepost.authorization.cfg";

    /** From one queue to another: what goes in has to come out, once. */
    static final String FLOW = """
            - route:
                id: flow
                from:
                  uri: gatepost:app.flow
                  steps:
                    - to: gatepost:user.flow
            """;

    private static final List<String> SHARED =
            List.of("/queue/user.alice", "/queue/user.bob", "/queue/user.flow", "/queue/app.flow", "/queue/app.inbox");

    final Gatepost gatepost = Suite.gatepost();
    final int httpPort = Suite.httpPort();

    @AfterEach
    void takeBack() throws IOException {
        try (var files = Files.list(gatepost.etc("routes"))) {
            for (var file : files.filter(file -> !file.endsWith("README.md")).toList()) {
                remove(file.getFileName().toString());
            }
        }
        if (!Files.readString(gatepost.etc(MAP)).equals(Suite.shippedMap())) {
            gatepost.awaitLog("etc/" + MAP + " is in force", () -> gatepost.write(MAP, Suite.shippedMap()));
        }
        SHARED.forEach(queue -> Queues.drain(gatepost, queue));
    }

    /** Gives the routes' account, or anybody, a right. */
    void allow(String name, String entry) {
        Map<String, String> change = new HashMap<>();
        change.put("entry." + name, entry);
        gatepost.apply(MAP, change);
    }

    /** Takes an entry out of the map. */
    void takeAway(String name) {
        allow(name, null);
    }

    /** Adds or changes a route file and waits until it is in force. */
    void route(String file, String text) {
        String line = gatepost.awaitLog(
                "(etc/routes/" + file + " is in force|refused, .*etc/routes/" + file + ")",
                () -> gatepost.write("routes/" + file, text));
        if (line.contains("refused, ")) {
            throw new AssertionError(line);
        }
    }

    /** Adds or changes a route file and waits until it is refused; returns the line of the log that says why. */
    String routeRefused(String file, String text) {
        return gatepost.awaitLog("refused, .*etc/routes/" + file, () -> gatepost.write("routes/" + file, text));
    }

    /** Removes a route file and waits until it is gone. */
    void remove(String file) {
        boolean known = gatepost.log().contains("etc/routes/" + file);
        Runnable delete = () -> {
            try {
                Files.deleteIfExists(gatepost.etc("routes/" + file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        if (known) {
            gatepost.awaitLog("gatepost.routes~" + file + " is gone", delete);
        } else {
            delete.run();
        }
    }

    /** Waits until a line of gatepost:route-list holds what the expression says; returns that line. */
    String awaitRoute(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return Awaitility.await("gatepost:route-list says " + expression)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> routeList().stream()
                                .filter(line -> pattern.matcher(line).find())
                                .findFirst()
                                .orElse(null),
                        line -> line != null);
    }

    List<String> routeList() {
        return gatepost.shell("gatepost:route-list --no-format").lines().toList();
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
