package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From which pages, and through which proxies, the accounts work whose passwords everybody knows; and how tokens come wrapped. */
@ExtendWith(Suite.class)
class PagesIT {

    private static String attempt(StompClient client, String login, String passcode) {
        try (client) {
            client.send(ClientFrame.of(
                    "CONNECT", "accept-version:1.2", "host:localhost", "login:" + login, "passcode:" + passcode));
            ServerFrame answer = client.frame();
            return answer.command().equals("CONNECTED") ? "in" : answer.text();
        }
    }

    private static WebSocketRequest page(String origin, String host) {
        return WebSocketRequest.to(Suite.gatepost().wsPort())
                .with("Origin", origin)
                .with("Host", host);
    }

    private static void assertStranger(Supplier<WebSocketRequest> request) {
        for (String user : new String[] {"system", "alice"}) {
            assertTrue(
                    attempt(request.get().open(), user, user.equals("system") ? "manager" : "alice")
                            .startsWith("sign-in refused"),
                    user);
        }
        assertEquals("in", attempt(request.get().open(), Account.KEEPER.login(), Account.KEEPER.passcode()));
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example,                evil.example:61614",
        "http://evil.example:61614,          evil.example:61614",
        "http://localhost.evil.example,      localhost.evil.example",
        "http://127.0.0.1.evil.example,      127.0.0.1.evil.example"
    })
    void aPageWhoseNameWasMadeToLeadHereIsAStranger(String origin, String host) {
        assertStranger(() -> page(origin, host));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, localhost:61614",
        "https://localhost, localhost:61614",
        "http://127.0.0.1:5173, 127.0.0.1:61614",
        "http://[::1]:3000, [::1]:61614",
        "http://app.localhost:8080, app.localhost:61614"
    })
    void aDevelopersPageOnThisMachineGoesOnWorking(String origin, String host) {
        assertEquals("in", attempt(page(origin, host).open(), "alice", "alice"));
        assertEquals("in", attempt(page(origin, host).open(), "system", "manager"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Real-IP",
                "Via",
                "Forwarded",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "x-forwarded-host",
                "CF-Connecting-IP",
                "True-Client-IP",
                "X-Client-IP"
            })
    void whatAProxyPassesOnIsAStranger(String header) {
        assertStranger(() -> WebSocketRequest.to(Suite.gatepost().wsPort()).with(header, "127.0.0.1"));
    }

    @ParameterizedTest
    @EnumSource
    void blanksAndBearerAroundATokenAreTakenAway(Transport transport) {
        String token = Token.of("carol", "users").signed(Suite.keys(), Keys.Algorithm.HS256);
        for (String passcode : new String[] {"Bearer " + token, "bearer  " + token + " ", " " + token}) {
            assertEquals("in", attempt(transport.client(Suite.gatepost()), "", passcode), passcode);
        }
        assertTrue(attempt(transport.client(Suite.gatepost()), "", "Bearer " + token + "x")
                .startsWith("sign-in refused"));
    }

    @Test
    void namesWithCharactersThatNobodySeesAreRefused() {
        for (String name : new String[] {"alice\uE000", "alice\u3164", "alice\uFE0F", "alice\u200B"}) {
            String token = Token.of(name, "users").signed(Suite.keys(), Keys.Algorithm.HS256);
            assertEquals(
                    "sign-in refused: the token is not accepted",
                    attempt(Transport.TCP.client(Suite.gatepost()), "", token));
        }
    }

    @Test
    void aTokenThatLastsForEverIsRefused() {
        String token =
                Token.of("carol", "users").with("exp", 250_000_000_000L).signed(Suite.keys(), Keys.Algorithm.HS256);
        assertEquals(
                "sign-in refused: the token is not accepted",
                attempt(Transport.TCP.client(Suite.gatepost()), "", token));
    }
}
