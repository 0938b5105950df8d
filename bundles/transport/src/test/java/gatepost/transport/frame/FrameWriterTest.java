package gatepost.transport.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {

    @ParameterizedTest
    @CsvSource({"V1_0,a b:c\\d e", "V1_1,a\\nb\\cc\\\\d e", "V1_2,a\\nb\\cc\\\\d\\re"})
    void headersAreEscapedAsTheVersionDoes(StompVersion version, String expected) {
        String frame = text(new FrameWriter(UnpooledByteBufAllocator.DEFAULT, AsciiString.cached("MESSAGE"), version, 0)
                .header("k", "a\nb:c\\d\re")
                .noBody());
        assertEquals("MESSAGE\nk:" + expected + "\n\n\0\n", frame);
    }

    @Test
    void whatIsSpecialMayComeFirstAndLastAndBesideOtherScripts() {
        String frame = text(
                new FrameWriter(UnpooledByteBufAllocator.DEFAULT, AsciiString.cached("MESSAGE"), StompVersion.V1_2, 0)
                        .header("k", ":\u00e9\ud83d\ude00:::")
                        .header("l", "")
                        .header("m", "\n")
                        .noBody());
        assertEquals("MESSAGE\nk:\\c\u00e9\ud83d\ude00\\c\\c\\c\nl:\nm:\\n\n\n\0\n", frame);
    }

    @Test
    void connectedIsNotEscaped() {
        String frame = text(FrameWriter.frame(
                UnpooledByteBufAllocator.DEFAULT,
                AsciiString.cached("CONNECTED"),
                StompVersion.V1_2,
                Map.of("session", "ID:1"),
                ""));
        assertEquals("CONNECTED\nsession:ID:1\n\n\0\n", frame);
    }

    @Test
    void aBodyIsCountedInBytes() {
        String frame = text(FrameWriter.frame(
                UnpooledByteBufAllocator.DEFAULT, AsciiString.cached("ERROR"), StompVersion.V1_2, Map.of(), "h\u00e9"));
        assertEquals("ERROR\ncontent-length:3\n\nh\u00e9\0\n", frame);
    }

    @Test
    void aHeaderWithoutValueIsLeftOut() {
        assertEquals(
                "MESSAGE\n\n\0\n",
                text(new FrameWriter(
                                UnpooledByteBufAllocator.DEFAULT, AsciiString.cached("MESSAGE"), StompVersion.V1_2, 0)
                        .header("k", null)
                        .noBody()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\0", " \r\n "})
    void anotherClientsEmptyHeaderIsNotSentInStomp10(String empty) {
        assertEquals(
                "MESSAGE\na:1\n\n\0\n",
                text(message(StompVersion.V1_0)
                        .header("note", empty)
                        .header("a", "1")
                        .noBody()));
        assertTrue(
                text(message(StompVersion.V1_1).header("note", empty).noBody()).contains("\nnote:"));
    }

    @Test
    void anEmptyReceiptIsItsOwnersAndIsSent() {
        assertEquals(
                "RECEIPT\nreceipt-id:\n\n\0\n",
                text(new FrameWriter(
                                UnpooledByteBufAllocator.DEFAULT, AsciiString.cached("RECEIPT"), StompVersion.V1_0, 0)
                        .header(AsciiString.cached("receipt-id"), "")
                        .noBody()));
    }

    /** A reader that trims, or ends a name at the first colon, must not find a name that only Gatepost may write. */
    @ParameterizedTest
    @CsvSource({
        "V1_0,gatepost-user:x",
        "V1_0,' gatepost-user'",
        "V1_0,'gatepost-user '",
        "V1_0,gatepost-user\\n",
        "V1_0,gatepost-user\\r",
        "V1_1,gatepost-user\\r",
        "V1_2,gatepost-user\\0",
        "V1_1,''"
    })
    void aNameThatTheVersionCannotExpressIsNotSent(StompVersion version, String name) {
        String literal = name.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
        assertEquals(
                "MESSAGE\na:1\n\n\0\n",
                text(message(version).header(literal, "forged").header("a", "1").noBody()));
    }

    private static FrameWriter message(StompVersion version) {
        return new FrameWriter(UnpooledByteBufAllocator.DEFAULT, AsciiString.cached("MESSAGE"), version, 0);
    }

    private static String text(ByteBuf frame) {
        String text = frame.toString(StandardCharsets.UTF_8);
        frame.release();
        return text;
    }
}
