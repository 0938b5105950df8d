package gatepost.api.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    private final Parameters parameters = new Parameters(Map.of("limit", "7", "order", "oldest", "empty", ""));

    @Test
    void aQueryIsReadNameByName() throws CallRefused {
        assertEquals(
                Map.of("user", "a&b=c", "limit", "7", "flag", "", "x", "1=2"),
                Parameters.query("user=a%26b%3Dc&limit=7&flag&x=1=2"));
        assertEquals(Map.of(), Parameters.query(""));
    }

    @Test
    void ofANameThatIsThereTwiceOneCouldMeanEither() {
        assertRefused(Reason.MALFORMED, "user", () -> Parameters.query("user=a&%75ser=b"));
    }

    @Test
    void anEmptyPairIsNoParameter() throws CallRefused {
        assertEquals(Map.of("a", "1", "b", "2"), Parameters.query("a=1&&b=2&"));
    }

    @Test
    void aNumberIsWithinItsRange() throws CallRefused {
        assertEquals(7, parameters.number("limit", 1, 7, 50));
        assertEquals(50, parameters.number("other", 1, 7, 50));
        assertRefused(Reason.UNUSABLE, "limit", () -> parameters.number("limit", 8, 9, 50));
        assertRefused(Reason.UNUSABLE, "limit", () -> parameters.number("limit", 1, 6, 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seven", "7.0", "0x7", " 7", "99999999999999999999", "+7", "٧"})
    void aNumberIsWrittenInDigits(String text) {
        Parameters other = new Parameters(Map.of("limit", text));
        assertRefused(Reason.UNUSABLE, "limit", () -> other.number("limit", 1, 10, 50));
    }

    @Test
    void aWordIsOneOfThoseThatMeanSomething() throws CallRefused {
        assertEquals("oldest", parameters.word("order", "newest", "oldest"));
        assertEquals("newest", parameters.word("other", "newest", "oldest"));
        assertRefused(Reason.UNUSABLE, "order", () -> parameters.word("order", "newest"));
    }

    @Test
    void whatMeansNothingIsRefused() throws CallRefused {
        parameters.requireKnown(Set.of("limit", "order", "empty", "cursor"));
        assertRefused(Reason.UNUSABLE, "empty", () -> parameters.requireKnown(Set.of("limit", "order")));
    }

    @Test
    void whatHasToBeThereIsNotEmpty() throws CallRefused {
        assertEquals("7", parameters.required("limit", "a number"));
        assertEquals(Optional.empty(), parameters.text("other"));
        assertRefused(Reason.UNUSABLE, "empty", () -> parameters.required("empty", "a name"));
        assertRefused(Reason.UNUSABLE, "other", () -> parameters.required("other", "a name"));
    }

    private static void assertRefused(Reason reason, String field, Executable call) {
        CallRefused refused = assertThrows(CallRefused.class, call);
        assertEquals(reason, refused.reason(), refused.getMessage());
        assertEquals(Optional.of(field), refused.field(), refused.getMessage());
    }
}
