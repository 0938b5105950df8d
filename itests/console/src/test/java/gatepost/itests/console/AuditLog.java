package gatepost.itests.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What Gatepost writes to data/log/audit.log. */
final class AuditLog {

    private AuditLog() {}

    static Path file() {
        return Suite.gatepost().home().resolve("data/log/audit.log");
    }

    /** Waits for a line with all of these parts. */
    static void awaitLine(String... parts) {
        Awaitility.await("a line of the audit log with " + String.join(" ", parts))
                .atMost(Duration.ofSeconds(20))
                .until(() -> has(parts));
    }

    private static boolean has(String... parts) throws IOException {
        return Files.readString(file()).lines().anyMatch(line -> {
            for (String part : parts) {
                if (!line.contains(part)) {
                    return false;
                }
            }
            return true;
        });
    }
}
