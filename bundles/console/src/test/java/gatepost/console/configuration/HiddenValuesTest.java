package gatepost.console.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationCheck;
import gatepost.console.web.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenValuesTest {

    private static final String ORIGINAL = """
            # tls.password = formerly
            uri = wss://0.0.0.0:61615
            tls.password = hunter22
            tls.pasword = also \\
                hidden
            other.secret = ${env:SECRET}
            empty.secret =
            default.secret = ${env:SECRET:-inline}
            """;
    private static final ConfigurationCheck CHECK = (pid, properties) -> List.of();

    private final HiddenValues values = hidden(ORIGINAL);

    private static HiddenValues hidden(String text) {
        try {
            return new HiddenValues(text, CHECK);
        } catch (Refused e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noSecretIsShownNotEvenOneInACommentOrBehindAMisspeltKey() {
        assertEquals("""
                # tls.password = ‹hidden 1›
                uri = wss://0.0.0.0:61615
                tls.password = ‹hidden 2›
                tls.pasword = ‹hidden 3›
                other.secret = ${env:SECRET}
                empty.secret =
                default.secret = ‹hidden 4›
                """, values.shown());
    }

    @Test
    void whatIsLeftAsItIsKeepsItsValue() throws Refused {
        assertEquals(ORIGINAL, values.meant(values.shown()));
        assertEquals(
                ORIGINAL.replace("61615", "61616") + "new = 1\n",
                values.meant(values.shown().replace("61615", "61616") + "new = 1\n"));
        assertEquals(
                "tls.pasword = also \\\n    hidden\ntls.password = another\n",
                values.meant("tls.pasword = ‹hidden 3›\ntls.password = another\n"));
    }

    @Test
    void aLineOfACommentMayComeIntoForceAndStaysHidden() throws Refused {
        String meant = values.meant("tls.password = ‹hidden 1›\n");
        assertEquals("tls.password = formerly\n", meant);
        assertEquals("tls.password = ‹hidden 1›\n", values.shown(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path = ‹hidden 2›", // where it could be read
                "other.secret = ‹hidden 2›",
                "tls.password = x‹hidden 2›",
                "tls.password = ‹hidden 2› ",
                "tls.password = ‹hidden 9›",
                "tls.password = ‹hidden 0›",
                "tls.password = ‹hidden, new›",
                "‹hidden 2› = x",
                "# ‹hidden 2›"
            })
    void aSecretIsNotMovedToWhereItCouldBeRead(String line) {
        Refused refused = assertThrows(Refused.class, () -> values.meant("uri = ws://x:1\n" + line));
        assertTrue(refused.getMessage().startsWith("Line 2:"), refused.getMessage());
    }

    @Test
    void aNewSecretIsToldFromAnOldOneAndNotShownEither() {
        assertEquals(
                "tls.password = ‹hidden, new›\nx.secret = ‹hidden, new›\ntls.pasword = ‹hidden 3›\n",
                values.shown("tls.password = other\nx.secret = hunter22\ntls.pasword = also \\\n    hidden\n"));
    }

    @Test
    void noMessageTellsThem() {
        String message = values.without("not hunter22 nor formerly, nor fresh1, and 'inline'", "a.secret = fresh1");
        for (String secret : List.of("hunter22", "formerly", "fresh1", "inline")) {
            assertFalse(message.contains(secret), message);
        }
    }

    @Test
    void aFileThatHasTheMarkInItIsNotEditedHere() {
        assertThrows(Refused.class, () -> new HiddenValues("text = ‹hidden 1›", CHECK));
    }
}
