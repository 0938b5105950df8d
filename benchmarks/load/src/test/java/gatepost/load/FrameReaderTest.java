package gatepost.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private final List<String> frames = new ArrayList<>();
    private final FrameReader reader =
            new FrameReader(frame -> frames.add(frame.command() + " " + frame.header("receipt-id") + " "
                    + frame.bytes().toString(frame.body(), frame.end() - frame.body(), StandardCharsets.UTF_8)));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 100})
    void framesAreReadHoweverTheyAreCut(int piece) {
        String text =
                "\nRECEIPT\nreceipt-id:1\n\n\0\n\nMESSAGE\nid:x\n\nbody\nof two lines\0RECEIPT\nother:receipt-id\nreceipt-id:2\n\n\0";
        for (int i = 0; i < text.length(); i += piece) {
            reader.read(bytes(text.substring(i, Math.min(text.length(), i + piece))));
        }
        assertEquals(List.of("RECEIPT 1 ", "MESSAGE  body\nof two lines", "RECEIPT 2 "), frames);
    }

    @Test
    void aStampIsReadAsItWasWritten() {
        Stamp stamp = new Stamp(3, 15, 123_456, 99_999, 5_000_000_000_000L, Long.MAX_VALUE);
        ByteBuf body = Unpooled.buffer();
        stamp.write(body, 200);
        assertEquals(200, body.readableBytes());
        assertEquals(stamp, Stamp.read(body, 0, body.readableBytes()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Welcome, alice!",
                "Welcome, alice! This is a greeting that is longer than any stamp would ever be."
            })
    void anotherProgramsMessageHasNoStamp(String body) {
        assertEquals(null, Stamp.read(bytes(body), 0, body.length()));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
