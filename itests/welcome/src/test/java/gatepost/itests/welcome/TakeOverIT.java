package gatepost.itests.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A Gatepost before this one has left behind who was greeted. */
class TakeOverIT {

    @AutoClose
    private final Gatepost gatepost = Gatepost.unpack();

    private final Path old = gatepost.home().resolve("data/gatepost-welcome/greeted.journal");

    private static String line(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x %s\n", crc.getValue(), text);
    }

    private Inbox inbox(String user) {
        return Inbox.of(gatepost, Transport.TCP, user, user);
    }

    @Test
    void whoWasGreetedIsNotGreetedAgainAndWhoWasNotIs() throws IOException {
        gatepost.configure("gatepost.welcome.cfg", Map.of("enabled", "true", "return.after", "3600000"));
        gatepost.configure("gatepost.users.properties", Map.of("carol", "carol,_g_:users", "dave", "dave,_g_:users"));
        Files.createDirectories(old.getParent());
        long now = System.currentTimeMillis();
        Files.writeString(
                old,
                line("INSTALLATION 0 3ab11253-e648-42cb-8d90-106745953cd5")
                        + line("GREETED 1795850000000 alice")
                        + line("SEEN " + (now - 7_200_000) + " alice")
                        + line("GREETED 1795850000000 bob").replace(" bob", " b0b")
                        + line("OWED 1795850000000 carol")
                        + line("GREETED 1795850000001 dave")
                        + "7a0ac2c8 GREETED 17958");
        gatepost.start();
        Awaitility.await("the old file goes").atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(old));
        assertFalse(Files.exists(old.getParent()));
        gatepost.kill();
        gatepost.start();

        try (Inbox alice = inbox("alice");
                Inbox bob = inbox("bob");
                Inbox carol = inbox("carol");
                Inbox dave = inbox("dave")) {
            assertEquals("Welcome back, alice!", alice.next().text());
            // their line is damaged
            assertEquals("Welcome, bob!", bob.next().text());
            assertEquals("Welcome, carol!", carol.next().text());
            dave.expectNothing();
            alice.expectNothing();
        }
    }
}
