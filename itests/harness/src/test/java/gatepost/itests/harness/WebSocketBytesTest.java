package gatepost.itests.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketBytesTest {

    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(1));

    private final List<byte[]> pongs = new ArrayList<>();

    @Test
    void theMessagesOfAServerAreOneStreamAndEachIsCounted() throws IOException {
        WebSocketBytes bytes = source(0x81, 1, 'a', 0x02, 1, 'b', 0x89, 1, 'p', 0x80, 1, 'c');

        assertEquals('a', bytes.read(SOON));
        assertFalse(bytes.binary());
        assertEquals(1, bytes.message());
        assertEquals('b', bytes.read(SOON));
        assertTrue(bytes.binary());
        assertEquals('c', bytes.read(SOON));
        assertTrue(bytes.binary());
        assertEquals(2, bytes.message());
        assertArrayEquals(new byte[] {'p'}, pongs.get(0));
    }

    @Test
    void aCloseFrameIsTheEndAndHasACode() throws IOException {
        WebSocketBytes bytes = source(0x88, 2, 0x03, 0xf0);

        assertEquals(-1, bytes.read(SOON));
        assertEquals(1008, bytes.closeCode());
    }

    @Test
    void anEndWithoutACloseFrameHasNoCode() throws IOException {
        WebSocketBytes bytes = source();

        assertEquals(-1, bytes.read(SOON));
        assertEquals(0, bytes.closeCode());
    }

    @Test
    void whatAServerMayNotSendIsAFault() {
        assertThrows(
                AssertionError.class, () -> source(0x81, 0x81, 0, 0, 0, 0, 'a').read(SOON), "masked");
        assertThrows(AssertionError.class, () -> source(0xc1, 1, 'a').read(SOON), "compressed");
        assertThrows(AssertionError.class, () -> source(0x80, 1, 'a').read(SOON), "continues nothing");
        assertThrows(EOFException.class, () -> source(0x81, 5).read(SOON), "cut");
    }

    private WebSocketBytes source(int... octets) {
        return new WebSocketBytes(Given.bytes(octets), pongs::add);
    }
}
