package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Of two lines with one key, Java's properties keep the last: whoever adds a line to the end of the map would replace an entry
 * unseen. The file is refused while it has them, after a restart too, and stays as it was written.
 */
@ExtendWith(Suite.class)
class DoubledKeyIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final String map = Suite.map();

    @AfterEach
    void takeBack() {
        Suite.map(map);
        Suite.keeperIsCut();
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedAndTheFileIsLeftAlone() throws IOException {
        String doubled = map + "\nentry.own-queue = queue://> read=users\n";
        String refused = gatepost.awaitLog("refused, .*" + Suite.MAP, () -> gatepost.write(Suite.MAP, doubled));
        assertTrue(refused.contains("entry.own-queue"), refused);
        gatepost.awaitStatus("gatepost.authorization.*refused.*entry.own-queue");
        assertEquals(doubled, Files.readString(gatepost.etc(Suite.MAP)));

        gatepost.restart();
        gatepost.awaitStatus("gatepost.authorization.*refused.*entry.own-queue");
        assertEquals(doubled, Files.readString(gatepost.etc(Suite.MAP)));
    }
}
