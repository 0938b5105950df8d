package gatepost.itests.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The distribution as an operator unpacks it, on a machine without a network and with an empty home. */
@TestMethodOrder(OrderAnnotation.class)
class OfflineStartIT {

    private static Distribution distribution;

    @BeforeAll
    static void unpack() throws Exception {
        distribution = Distribution.unpack(Path.of(System.getProperty("gatepost.distribution")), Path.of("target", "offline"));
    }

    @Test
    @Order(1)
    void theFirstStartOpensBothConnectorsAndFetchesNothing() throws Exception {
        try (Distribution.Running running = distribution.start()) {
            running.awaitConnectors();

            assertEquals(List.of(), distribution.log().filter(line -> line.contains(" ERROR ")).toList());
            String status = running.client("gatepost:status");
            assertTrue(status.contains("stomp://"), status);
        }
        try (Stream<Path> home = Files.list(distribution.home())) {
            assertEquals(List.of(), home.toList());
        }
    }

    @Test
    @Order(2)
    void theFirstStartMadeAShellPasswordThatOnlyTheOwnerMayRead() throws IOException {
        Path users = distribution.folder().resolve("etc/users.properties");

        assertEquals(1, Files.readAllLines(users, UTF_8).stream()
                .filter(line -> line.matches("admin = [0-9a-f]{48},_g_:admingroup"))
                .count());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(users)));
    }

    @Test
    @Order(3)
    void theNextStartKeepsThePasswordAndOpensTheConnectorsAgain() throws Exception {
        Path users = distribution.folder().resolve("etc/users.properties");
        List<String> before = Files.readAllLines(users, UTF_8);

        try (Distribution.Running running = distribution.start()) {
            running.awaitConnectors();
        }

        assertEquals(before, Files.readAllLines(users, UTF_8));
    }
}
