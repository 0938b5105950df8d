package gatepost.api.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FieldsTest {

    private final Fields fields = fields(
            "{\"text\":\"x\",\"number\":7,\"flag\":true,\"none\":null,\"object\":{\"a\":1},\"fraction\":7.5,\"huge\":1e30}",
            "[3]");

    FieldsTest() throws CallRefused {}

    @Test
    void membersOfTheirTypesAreRead() throws CallRefused {
        assertEquals(Optional.of("x"), fields.text("text"));
        assertEquals(OptionalLong.of(7), fields.number("number", 0, 10));
        assertEquals(Optional.of(true), fields.flag("flag"));
        assertEquals(
                1,
                fields.members("object")
                        .orElseThrow()
                        .iterator()
                        .next()
                        .getValue()
                        .intValue());
    }

    @Test
    void nullIsAsIfItWereNotThere() throws CallRefused {
        assertEquals(Optional.empty(), fields.text("none"));
        assertEquals(OptionalLong.empty(), fields.number("none", 0, 1));
        assertEquals(Optional.empty(), fields.flag("absent"));
        assertEquals(Optional.empty(), fields.members("absent"));
    }

    @Test
    void aMemberOfAnotherTypeIsNamedWithItsValueAndWhatWasExpected() {
        assertRefused("[3].number", "[3].number is 7: expected a string", () -> fields.text("number"));
        assertRefused("[3].text", "[3].text is \"x\": expected true or false", () -> fields.flag("text"));
        assertRefused("[3].text", "[3].text is \"x\": expected an object", () -> fields.members("text"));
        assertRefused(
                "[3].text",
                "[3].text is \"x\": expected a whole number from 1 to 9",
                () -> fields.number("text", 1, 9));
    }

    @Test
    void aNumberIsWholeAndWithinItsRange() {
        for (String name : new String[] {"fraction", "huge", "number"}) {
            assertThrows(CallRefused.class, () -> fields.number(name, 8, Long.MAX_VALUE), name);
        }
    }

    @Test
    void aLongValueIsShownInPart() throws CallRefused {
        Fields large = fields("{\"text\":[\"" + "x".repeat(10_000) + "\"]}", "");
        CallRefused refused = assertThrows(CallRefused.class, () -> large.text("text"));
        assertEquals("text is [\"" + "x".repeat(98) + "…: expected a string", refused.getMessage());
    }

    @Test
    void whatMeansNothingIsNamed() throws CallRefused {
        fields("{\"a\":1}", "").requireKnown(Set.of("a", "b"));
        assertRefused(
                "[0].c",
                "[0].c is unknown: expected one of a, b",
                () -> fields("{\"c\":1}", "[0]").requireKnown(Set.of("b", "a")));
    }

    @Test
    void whatHasToBeThereIs() throws CallRefused {
        assertEquals("x", fields.requiredText("text", "a text"));
        assertRefused(
                "[3].absent", "[3].absent is missing: expected a text", () -> fields.requiredText("absent", "a text"));
    }

    @Test
    void theBodyIsAnObject() {
        assertEquals(
                "the body is 7: expected an object",
                assertThrows(CallRefused.class, () -> fields("7", "")).getMessage());
    }

    private static Fields fields(String json, String path) throws CallRefused {
        return Fields.of(Json.read(json.getBytes(StandardCharsets.UTF_8)), path);
    }

    private static void assertRefused(String field, String message, Executable call) {
        CallRefused refused = assertThrows(CallRefused.class, call);
        assertEquals(Reason.UNUSABLE, refused.reason());
        assertEquals(message, refused.getMessage());
        assertEquals(Optional.of(field), refused.field());
    }

    @Test
    void aNameIsCountedAtItsPlaceAlsoBehindADoubledOne() throws CallRefused {
        assertEquals(List.of("b", "a"), List.copyOf(names("{'users':['b','a','b']}", 3)));
        CallRefused refused = assertThrows(CallRefused.class, () -> names("{'users':['a','a',7]}", 3));
        assertEquals("to.users[2] is 7: expected a string: the name of a user", refused.getMessage());
        for (String bad : new String[] {"{'users':[]}", "{'users':'a'}", "{'users':['a','b','c','d']}"}) {
            assertEquals(
                    "to.users",
                    assertThrows(CallRefused.class, () -> names(bad, 3)).field().orElseThrow());
        }
    }

    private static Set<String> names(String json, int most) throws CallRefused {
        return Fields.of(Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), "to")
                .names("users", most, "names");
    }
}
