package gatepost.api.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedTest {

    @ParameterizedTest
    @CsvSource({"42, 42", "a%2Fb, a/b", "a%2fb, a/b", "100%25, 100%", "%2E%2E, ..", "gr%C3%BC%C3%9Fe, grüße", "a+b, a+b"
    })
    void whatIsInUtf8AndPercentEncodingIsRead(String text, String meant) throws CallRefused {
        assertEquals(meant, Encoded.decode(text, false));
    }

    @Test
    void onlyInAQueryAPlusIsASpace() throws CallRefused {
        assertEquals("a b+c", Encoded.decode("a+b%2Bc", true));
    }

    @Test
    void aCharacterIsDecodedOnce() throws CallRefused {
        assertEquals("%2F", Encoded.decode("%252F", false));
    }

    @ParameterizedTest
    // broken off, no digits, a digit of another script, half a character, longer than it need be, half of a pair, not
    // encoded
    @ValueSource(
            strings = {"%", "%4", "a%zz", "%\u0661\u0661", "%C3", "%C0%AF", "%ED%A0%80", "ü", "a b", "a\u007fb", "a\tb"
            })
    void whatCouldBeReadInTwoWaysIsReadInNone(String text) {
        CallRefused refused = assertThrows(CallRefused.class, () -> Encoded.decode(text, false));
        assertEquals(Reason.MALFORMED, refused.reason());
        assertTrue(refused.getMessage().contains("percent-encoding"), refused.getMessage());
    }
}
