package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.contracts.QuotaReached;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.activemq.command.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a session lasts, and how a client makes it last longer. */
class TokenRefreshesTest extends ConversationTest {

    private static final Map<String, String> SEND = Map.of("destination", "/gatepost/token");

    @ParameterizedTest
    @EnumSource
    void connectedSaysHowLongASessionLastsThatCameWithAToken(Version version) throws Exception {
        broker.lasts(Duration.ofMillis(59_999));
        Map<String, String> connected = connect(version);
        assertEquals("59", connected.get("gatepost-expires-in"));
    }

    @Test
    void oneThatCameWithoutATokenHearsNothingOfIt() throws Exception {
        assertNull(connect(Version.V1_2).get("gatepost-expires-in"));
    }

    @ParameterizedTest
    @EnumSource
    void theReceiptOfANewTokenSaysHowLongItIsGoodFor(Version version) throws Exception {
        broker.lasts(Duration.ofSeconds(100));
        connect(version);
        sendBody("SEND", SEND, " a.b.c\n", "receipt", "r", "gatepost-user", "x", "gatepost-expires-in", "9");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "r", "gatepost-expires-in", "200")), answers);
        assertEquals(List.of("a.b.c"), broker.tokens);
        assertEquals(List.of(), broker.commands(Message.class), "it is no message");
    }

    @Test
    void noReceiptIsSentThatNobodyAskedFor() throws Exception {
        broker.lasts(Duration.ofSeconds(100));
        connect(Version.V1_2);
        sendBody("SEND", SEND, "a.b.c");
        assertEquals(List.of(), answers);
        assertEquals(List.of("a.b.c"), broker.tokens);
    }

    @Test
    void aTokenThatIsRefusedEndsTheSession() throws Exception {
        broker.lasts(Duration.ofSeconds(100));
        broker.refusesTokens(new SecurityException("the token was not refreshed: it is too green"));
        connect(Version.V1_2);
        sendBody("SEND", SEND, "a.b.c", "receipt", "r");
        assertEquals("the token was not refreshed: it is too green", error());
    }

    @Test
    void whoSendsTooManyHearsSo() throws Exception {
        broker.lasts(Duration.ofSeconds(100));
        broker.refusesTokens(new QuotaReached("k", "too many new tokens"));
        connect(Version.V1_2);
        sendBody("SEND", SEND, "a.b.c", "receipt", "r");
        assertEquals("SEND to /gatepost/token was refused: too many new tokens", error());
    }

    @Test
    void aSessionWithoutATokenHasNoneToReplace() throws Exception {
        connect(Version.V1_2);
        sendBody("SEND", SEND, "a.b.c");
        assertEquals("the token was not refreshed: this session did not come with a token", error());
    }

    @ParameterizedTest
    @CsvSource({
        "transaction,t,the header transaction:t cannot be used: expected none with /gatepost/token",
        "gatepost-id,1,the header gatepost-id is unknown on SEND to /gatepost/token",
        "gatepost-offset,1,the header gatepost-offset is unknown on SEND to /gatepost/token",
        "gatepost-inbox,user,the header gatepost-inbox is unknown on SEND to /gatepost/token"
    })
    void whatIsSaidOfMessagesIsNotSaidOfAToken(String header, String value, String expected) throws Exception {
        broker.lasts(Duration.ofSeconds(100));
        connect(Version.V1_2);
        sendBody("SEND", SEND, "a.b.c", header, value);
        assertEquals(expected, error());
        assertEquals(List.of(), broker.tokens);
    }

    @Test
    void aBodyIsNeededAndMayNotBeAnyLength() throws Exception {
        String expected = ": expected the new token, of at most 65792 bytes";
        broker.lasts(Duration.ofSeconds(100));
        connect(Version.V1_2);
        sendBody("SEND", SEND, " \n");
        assertEquals("SEND to /gatepost/token has no body" + expected, error());
    }

    @Test
    void aLongBodyIsNotLookedAt() throws Exception {
        broker.lasts(Duration.ofSeconds(100));
        connect(Version.V1_2);
        sendBody("SEND", SEND, "x".repeat(65_793));
        assertEquals(
                "SEND to /gatepost/token has a body of 65793 bytes: expected the new token, of at most 65792 bytes",
                error());
        assertFalse(error().contains("xxx"));
    }

    private String error() {
        Map<String, String> last = answers.get(answers.size() - 1);
        assertEquals("ERROR", last.get(""));
        return last.get("message");
    }
}
