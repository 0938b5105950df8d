package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's logrotate with the file that ships, on a Gatepost that goes on logging. */
class LogrotateIT {

    @TempDir
    private Path folder;

    @Test
    void eachLogGoesOnInANewFileAndNoLineIsLost() throws IOException {
        try (Gatepost gatepost = Gatepost.unpack().start()) {
            Path logs = gatepost.home().resolve("data/log");
            beDenied(gatepost);
            gatepost.shell("gatepost:status");
            List<Integer> written = new ArrayList<>();
            for (int rotation = 1; rotation <= 2; rotation++) {
                rotate(logs);
                for (String name : List.of("gatepost", "audit", "security")) {
                    assertFalse(Files.exists(logs.resolve(name + ".log")), name + " was renamed");
                }
                Awaitility.await("new files").until(() -> {
                    beDenied(gatepost);
                    StringBuilder commands = new StringBuilder();
                    IntStream.range(written.size(), written.size() + 10).forEach(line -> {
                        commands.append("log:log 'line ").append(line).append(" of the test'\n");
                        written.add(line);
                    });
                    gatepost.shell(commands.toString());
                    return Files.exists(logs.resolve("gatepost.log"))
                            && Files.exists(logs.resolve("audit.log"))
                            && Files.exists(logs.resolve("security.log"));
                });
            }
            assertEquals(written, lines(logs));
            assertTrue(Files.readString(logs.resolve("audit.log")).contains("alice"));
            assertTrue(Files.exists(logs.resolve("gatepost.log.1")) && Files.exists(logs.resolve("gatepost.log.2.gz")));
        }
    }

    /** What is a line of the audit log. */
    private static void beDenied(Gatepost gatepost) {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.connect("alice", "alice");
            client.request(ClientFrame.subscribe("s", "/queue/user.bob"));
        }
    }

    private void rotate(Path logs) throws IOException {
        String shipped = Files.readString(
                Path.of("..", "..", "karaf-assembly", "src", "main", "distribution", "contrib", "logrotate"));
        Path configuration = folder.resolve("logrotate");
        Files.writeString(
                configuration,
                shipped.replace("/var/lib/gatepost/data/log", logs.toString()).replace("su gatepost gatepost", ""));
        Command.run(
                folder,
                Map.of("PATH", System.getenv("PATH") + ":/usr/sbin"),
                "logrotate",
                "-f",
                "-s",
                folder.resolve("state").toString(),
                configuration.toString());
    }

    private static List<Integer> lines(Path logs) {
        String all = Command.run(logs, Map.of(), "sh", "-c", "zcat -f gatepost*log*");
        Pattern line = Pattern.compile("(?m) - line (\\d+) of the test$");
        return Stream.of(line)
                .flatMap(pattern -> pattern.matcher(all).results())
                .map(found -> Integer.valueOf(found.group(1)))
                .sorted()
                .toList();
    }
}
