package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void ordersToATerminalLineEndsAndTurnsOfDirectionShow() {
        assertEquals("a\\u001b[31mb", Printable.of("a\u001b[31mb"));
        assertEquals("a\\u000d\\u000aforged", Printable.of("a\r\nforged"));
        assertEquals("a\\u009b31m\\u202eb\\u2028\\u200b\\ue000", Printable.of("a\u009b31m\u202eb\u2028\u200b\ue000"));
        assertEquals("\\ud800x\\udb40\\udc01", Printable.of("\ud800x\udb40\udc01"));
    }

    @Test
    void whatShowsStaysAsItIs() {
        assertEquals("grün 漢字 \uD83D\uDE00 a.b@c", Printable.of("grün 漢字 \uD83D\uDE00 a.b@c"));
        assertTrue(Printable.isPrintable("grün 漢字 \uD83D\uDE00 a.b@c"));
        assertFalse(Printable.isPrintable("a\u001b"));
    }

    @Test
    void aLongTextIsCutOff() {
        String cut = Printable.of("x".repeat(100_000));
        assertTrue(cut.endsWith("...") && cut.length() < 600, cut);
        assertEquals("x".repeat(100_000) + "\\u001b", Printable.whole("x".repeat(100_000) + "\u001b"));
    }

    @Test
    void quotesAndBackslashesEndNoValue() {
        assertEquals("\"a\\\"b\\\\c\\u001b\"", Printable.quoted("a\"b\\c\u001b"));
    }
}
