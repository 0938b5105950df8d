package gatepost.transport.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @ParameterizedTest
    @CsvSource({"app:secret, app, secret", "app:a:b, app, a:b", "grün:grüße, grün, grüße"})
    void basicIsANameAndAPasswordThatMayHaveColons(String text, String login, String passcode) throws CallRefused {
        assertEquals(new Credentials(login, passcode), Credentials.of("Basic " + base64(text)));
        assertEquals(new Credentials(login, passcode), Credentials.of("BASIC  " + base64(text)));
    }

    @Test
    void aPasswordMayBeEmpty() throws CallRefused {
        assertEquals(new Credentials("app", ""), Credentials.of("Basic " + base64("app:")));
    }

    @Test
    void bearerIsATokenWithoutAName() throws CallRefused {
        assertEquals(new Credentials("", "a.b.c"), Credentials.of("bearer a.b.c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic ", "Basic *", "Bearer", "Bearer  ", "Digest x", "BasicYTpi", "app:secret"})
    void anythingElseProvesNothing(String authorization) {
        assertRefused(authorization);
    }

    @Test
    void basicHasAName() {
        assertRefused("Basic " + base64("secret"));
        assertRefused("Basic " + base64(":secret"));
    }

    @Test
    void basicIsUtf8() {
        assertRefused("Basic " + Base64.getEncoder().encodeToString(new byte[] {'a', ':', (byte) 0xfc}));
    }

    @Test
    void whatIsEqualHasOneFingerprintThatTellsNothing() {
        byte[] one = Credentials.fingerprint(new Credentials("a", "b"));
        assertArrayEquals(one, Credentials.fingerprint(new Credentials("a", "b")));
        assertFalse(Arrays.equals(one, Credentials.fingerprint(new Credentials("a", "c"))));
        assertFalse(Arrays.equals(one, Credentials.fingerprint(new Credentials("", "ab"))));
        assertEquals(32, one.length);
    }

    @Test
    void inALogTheSecretIsLeftOut() throws CallRefused {
        assertEquals(
                "Credentials of app",
                Credentials.of("Basic " + base64("app:secret")).toString());
        assertEquals("Credentials of a token", Credentials.of("Bearer secret").toString());
    }

    private static void assertRefused(String authorization) {
        CallRefused refused = assertThrows(CallRefused.class, () -> Credentials.of(authorization));
        assertEquals(Reason.NOT_SIGNED_IN, refused.reason());
        assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
