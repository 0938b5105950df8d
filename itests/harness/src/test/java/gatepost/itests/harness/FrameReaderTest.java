package gatepost.itests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(1));

    @Test
    void framesComeOneByOneAndLineEndsBetweenThemAreCounted() throws IOException {
        FrameReader reader = new FrameReader(Given.text("\nRECEIPT\nreceipt-id:a\n\n\0\n\nMESSAGE\n\nhi\0\n"));

        assertEquals("a", reader.next(SOON).header("receipt-id"));
        assertEquals("hi", reader.next(SOON).text());
        assertNull(reader.next(SOON));
        assertEquals(4, reader.heartBeats());
    }

    @Test
    void aBodyOfAnAnnouncedLengthMayHoldNul() throws IOException {
        ServerFrame frame = new FrameReader(Given.text("MESSAGE\ncontent-length:3\n\na\0b\0")).next(SOON);

        assertEquals("a\0b", frame.text());
    }

    @Test
    void aBodyThatGoesOnAfterItsAnnouncedLengthIsAFault() {
        FrameReader reader = new FrameReader(Given.text("MESSAGE\ncontent-length:1\n\nab\0"));

        assertThrows(AssertionError.class, () -> reader.next(SOON));
    }

    @Test
    void headersAreKeptAsTheyCameAndUnescaped() throws IOException {
        ServerFrame frame = new FrameReader(Given.text("MESSAGE\na\\cb:\\\\n\\n\na\\cb:2\n\n\0")).next(SOON);

        assertEquals(List.of("a\\cb:\\\\n\\n", "a\\cb:2"), frame.lines());
        assertEquals("\\n\n", frame.header("a:b"));
    }

    @Test
    void anEndInsideAFrameIsAFault() {
        FrameReader reader = new FrameReader(Given.text("MESSAGE\n\nab"));

        assertThrows(EOFException.class, () -> reader.next(SOON));
    }

    @Test
    void anErrorThatSpeaksOfJavaIsAFault() {
        for (String trace : List.of("java.lang.Error", "x\n\tat gatepost.Session", "SecurityException: no")) {
            FrameReader reader = new FrameReader(Given.text("ERROR\n\n" + trace + "\0"));
            assertThrows(AssertionError.class, () -> reader.next(SOON), trace);
        }
    }
}
