package gatepost.itests.examples;

import gatepost.itests.harness.Ports;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.library.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/python/app.py}. */
class PythonApplicationIT extends ServedApplication {

    private static final int PORT = Ports.free();
    private static final String MISSED = "missed by ";

    @TempDir
    private static Path work;

    private static Program python;

    @BeforeAll
    static void start() {
        Map<String, String> environment = new HashMap<>(Suite.environment());
        environment.put("GATEPOST_URL", Suite.url("system", "manager"));
        environment.put("GATEPOST_SIGNING_SECRET", Token.SECRET);
        environment.put("GATEPOST_WEBHOOK_SECRET", WEBHOOK_SECRET);
        python = Program.start(
                Suite.EXAMPLES.resolve("python"),
                environment,
                List.of(
                        "sh",
                        "-c",
                        "/usr/bin/python3 app.py " + PORT + " >" + work.resolve("printed")
                                + " & cat >/dev/null; kill $!; wait"));
        Awaitility.await("the application listens")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Ports.isOpen(PORT));
    }

    @AfterAll
    static void stop() {
        python.close();
    }

    @Override
    String address() {
        return "http://localhost:" + PORT;
    }

    @Override
    Set<String> missed() throws IOException {
        return Files.readAllLines(work.resolve("printed")).stream()
                .filter(line -> line.startsWith(MISSED))
                .map(line -> line.substring(MISSED.length()))
                .collect(Collectors.toSet());
    }
}
