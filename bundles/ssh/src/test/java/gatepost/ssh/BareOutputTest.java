package gatepost.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BareOutputTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BareOutput bare = new BareOutput(out);

    @Test
    void textPassesAsItIs() throws IOException {
        bare.write("a [1m b\n\té ─│".getBytes(UTF_8));
        assertEquals("a [1m b\n\té ─│", out.toString(UTF_8));
    }

    @Test
    void ordersToATerminalAreLeftOut() throws IOException {
        bare.write("\u001B[1mname\u001B[22m \u001B[38;5;1mred\u001B[0m \u001B[?2004h\u001B=end".getBytes(UTF_8));
        assertEquals("name red end", out.toString(UTF_8));
    }

    @Test
    void anOrderMayComeInParts() throws IOException {
        for (byte b : "x\u001B[31my".getBytes(UTF_8)) {
            bare.write(b);
        }
        bare.write("\u001B".getBytes(UTF_8));
        bare.write("[0".getBytes(UTF_8));
        bare.write("mz".getBytes(UTF_8));
        assertEquals("xyz", out.toString(UTF_8));
    }
}
