package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The archive of a new version, unpacked over a Gatepost that has run. {@link UpgradeEtcIT} has the single cases. */
class UnpackedOverIT {

    private static final String ARCHIVE = Path.of(System.getProperty("gatepost.distribution"))
            .toAbsolutePath()
            .toString();

    @Test
    void theArchiveHasNoEtc() {
        String etc = Command.run(
                Path.of("").toAbsolutePath(),
                Map.of(),
                "sh",
                "-c",
                "tar -tzf \"$0\" | grep '^[^/]*/etc/' || true",
                ARCHIVE);
        assertEquals("", etc);
    }

    @Test
    void itStartsWithWhatWasChangedAndRemovedBefore() throws IOException {
        try (Gatepost gatepost = Gatepost.unpack()) {
            int ws = gatepost.wsPort();
            Files.delete(gatepost.etc("gatepost.connector-ws.cfg"));
            gatepost.start();
            String password = Files.readString(gatepost.etc("users.properties"));
            gatepost.stop();

            Command.run(gatepost.home().getParent(), Map.of(), "tar", "-xzf", ARCHIVE);
            Path shipped = gatepost.home().resolve("etc.dist");
            Files.writeString(shipped.resolve("org.apache.karaf.log.cfg"), "\n# new\n", StandardOpenOption.APPEND);
            Files.writeString(shipped.resolve("gatepost.new.cfg"), "key = value\n");
            gatepost.start();

            assertTrue(Ports.isOpen(gatepost.stompPort()), "on the port that was given to it");
            assertFalse(Ports.isOpen(ws), "a connector that was removed");
            assertFalse(Files.exists(gatepost.etc("gatepost.connector-ws.cfg")));
            assertEquals(password, Files.readString(gatepost.etc("users.properties")));
            assertTrue(Files.exists(gatepost.etc("gatepost.new.cfg")));
            assertTrue(
                    Files.readString(gatepost.etc("org.apache.karaf.log.cfg")).contains("# new"),
                    "nobody had changed it");
        }
    }
}
