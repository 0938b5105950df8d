package gatepost.broker.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.configuration.ConfigurationProblems;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://app.example.com",
                "http://localhost:3000",
                "http://[::1]:3000",
                "http://my_host",
                "https://a",
                "capacitor://localhost",
                "chrome-extension://abcdefghijklmnop",
                "https://app.example.com:8443",
                "http://a:443"
            })
    void whatBrowsersWriteIsTaken(String origin) {
        assertEquals(Optional.empty(), Origins.problem(origin));
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com/, no slash",
        "https://app.example.com/app, no slash",
        "app.example.com, no scheme",
        "*.example.com, only by itself",
        "https://*.example.com, only by itself",
        "https://App.example.com, small letters",
        "HTTPS://app.example.com, small letters",
        "https://app.example.com:443, leave out the port",
        "http://app.example.com:80, leave out the port",
        "https://bücher.example, xn--",
        "https://, expected SCHEME://HOST",
        "https://user@app.example.com, expected SCHEME://HOST",
    })
    void whatCanNeverMatchIsRefusedWithTheReason(String origin, String reason) {
        String problem = Origins.problem(origin).orElse("");
        assertTrue(problem.contains(reason), problem);
    }

    @Test
    void theConnectorIsRefusedByItsKey() {
        ConfigurationProblems problems = assertThrows(
                ConfigurationProblems.class,
                () -> ConnectorSettings.of("p", Map.of("uri", "ws://h:1", "origins", "https://a, https://b/")));
        assertEquals(
                "p: origins = https://a, https://b/: no page can have the origin https://b/: an origin ends with its host or "
                        + "port: no slash and no path",
                problems.getMessage());
    }
}
