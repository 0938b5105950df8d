package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import gatepost.transport.frame.Frame;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValuesTest {

    @ParameterizedTest
    @CsvSource({
        "4,4",
        "4.0,4",
        "' 4 ',4",
        "+4,4",
        "-1,-1",
        "4.,4",
        "1763000000000.123,1763000000000",
        "1.7E12,1700000000000",
        "-0.5,0",
        "9223372036854775807,9223372036854775807",
        "007,7"
    })
    void aNumberIsTakenHoweverALanguageWritesIt(String text, long expected) throws Refusal {
        assertEquals(expected, HeaderValues.number("n", text, -9, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "4x",
                "0x4",
                "NaN",
                "Infinity",
                "1e999",
                "-",
                ".",
                "4 5",
                "9223372036854775808",
                "-10",
                "123456789012345678901234567890",
                "1_000",
                "4f",
                "\u0664"
            })
    void whatIsNoNumberOrOutOfItsRangeIsNamed(String text) {
        Refusal refusal = assertThrows(Refusal.class, () -> HeaderValues.number("n", text, -9, Long.MAX_VALUE));
        assertEquals(
                "the header n:" + text + " cannot be used: expected a number from -9 to 9223372036854775807",
                refusal.getMessage());
    }

    @Test
    void aNumberOfEightKibibytesTakesNoTime() {
        for (String text :
                new String[] {"9".repeat(8_000), "1." + "9".repeat(8_000), "1e" + "9".repeat(8_000), "1e999999999"}) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(1),
                    () -> assertThrows(Refusal.class, () -> HeaderValues.number("n", text, 0, Long.MAX_VALUE)));
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "True,true", "TRUE,true", "' true ',true", "false,false", "False,false"})
    void aFlagIsTakenHoweverALanguageWritesIt(String text, boolean expected) throws Refusal {
        assertEquals(expected, HeaderValues.flag("f", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "truee"})
    void whatIsNoFlagIsNamed(String text) {
        Refusal refusal = assertThrows(Refusal.class, () -> HeaderValues.flag("f", text));
        assertEquals("the header f:" + text + " cannot be used: expected true or false", refusal.getMessage());
    }

    @Test
    void aHeaderThatIsNotThereIsWhatItIsWithoutIt() throws Refusal {
        Frame frame = new Frame("SEND", Map.of("n", "3"), new byte[0]);
        assertEquals(7, HeaderValues.number(frame, "absent", 0, 9, 7));
        assertEquals(3, HeaderValues.number(frame, "n", 0, 9, 7));
        assertEquals(true, HeaderValues.flag(frame, "absent", true));
    }
}
