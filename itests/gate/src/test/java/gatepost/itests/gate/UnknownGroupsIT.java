package gatepost.itests.gate;

import static gatepost.itests.gate.Client.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The users file puts somebody into a group that no entry of the map names, as a slip of the finger does. */
class UnknownGroupsIT {

    private static final String USERS = "gatepost.users.properties";
    private static final String SLIP = Account.PASSWORD + ",_g_:usres";
    private static final String SAID =
            ": dave is in the group usres, which opens nothing: no entry of the entry map names it, only ";
    private static final String WARNING = "WARN .*etc/" + USERS + ": line \\d+" + SAID;

    @AutoClose
    private static Gatepost gatepost;

    @BeforeAll
    static void start() {
        gatepost = Gatepost.unpack();
        gatepost.configure(USERS, Map.of("dave", SLIP));
        gatepost.awaitLog(WARNING, gatepost::start); // it may come a moment after the connectors listen
    }

    @Test
    void itIsSaidOnceAndAgainAfterEachChangeOfEitherFileAndNobodyIsLockedOut() throws IOException {
        int line = Files.readAllLines(gatepost.etc(USERS)).indexOf("dave = " + SLIP) + 1;
        assertStatus("line " + line + SAID);
        assertEquals("Denied: read queue://user.dave", daveReads(), "they are signed in");

        String map = Files.readString(gatepost.etc(Suite.MAP));
        gatepost.awaitLog(
                USERS + " is in force$",
                () -> gatepost.write(Suite.MAP, map + "\nentry.usres = queue://user.dave read=usres\n"));
        assertFalse(gatepost.shell("gatepost:status --no-format").contains("which opens nothing"));
        gatepost.awaitLog(WARNING, () -> gatepost.write(Suite.MAP, map));
        assertStatus(SAID);
        // what has nothing to do with it makes nobody say it again
        gatepost.awaitLog(
                USERS + " is in force",
                () -> gatepost.configure(USERS, Map.of("erin", Account.PASSWORD + ",_g_:users")));

        gatepost.awaitLog(
                USERS + " is in force$",
                () -> gatepost.configure(USERS, Map.of("dave", Account.PASSWORD + ",_g_:users")));
        assertEquals(DONE, daveReads());
        gatepost.awaitLog(WARNING, () -> gatepost.configure(USERS, Map.of("dave", SLIP)));
        assertEquals(
                3,
                gatepost.log()
                        .lines()
                        .filter(each -> each.contains("WARN") && each.contains(SAID))
                        .count());
    }

    private static String daveReads() {
        try (RawClient dave = new RawClient(Transport.TCP.client(gatepost), new Account("dave", Account.PASSWORD))) {
            return dave.subscribe("/queue/user.dave", Map.of());
        }
    }

    private static void assertStatus(String text) {
        String status = gatepost.shell("gatepost:status --no-format");
        assertTrue(status.lines().anyMatch(row -> row.startsWith("gatepost.users ") && row.contains(text)), status);
    }
}
