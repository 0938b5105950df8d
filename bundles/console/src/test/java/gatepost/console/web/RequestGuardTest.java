package gatepost.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.configuration.LoggingConfigurationReports;
import gatepost.console.Console;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestGuardTest {

    private static final int PASSED = 299;

    private final RequestGuard guard = new RequestGuard(
            new Console(new LoggingConfigurationReports(), Map.of("hosts", "ops.example.com, other.example.com")));

    private int status(Exchange exchange) throws Exception {
        guard.doFilter(
                exchange.request(),
                exchange.response(),
                (request, response) -> exchange.response().setStatus(PASSED));
        return exchange.status();
    }

    @ParameterizedTest
    @CsvSource({
        "299, localhost:8181,       http://localhost:8181",
        "299, ops.example.com,      https://ops.example.com",
        "299, ops.example.com:8443, https://ops.example.com:8443",
        "403, localhost:8181,       http://localhost:61614",
        "403, localhost:8181,       http://attacker.example",
        "403, ops.example.com,      https://other.example.com",
        "403, ops.example.com:8443, https://ops.example.com",
        "403, localhost:8181,       null",
        "403, localhost:8181,       ''",
        "403, localhost:8181,       http://localhost:8181/ops/",
        "421, attacker.example,     http://attacker.example"
    })
    void whoeverChangesSomethingComesFromAPageOfThisOrigin(int status, String host, String origin) throws Exception {
        for (String method : new String[] {"POST", "DELETE"}) {
            assertEquals(
                    status,
                    status(new Exchange(method, "/api/queues/messages")
                            .header("Host", host)
                            .header("Origin", origin)),
                    method);
        }
    }

    @Test
    void whoeverChangesSomethingSaysFromWhere() throws Exception {
        assertEquals(403, status(new Exchange("POST", "/api/queues/messages")));
        assertEquals(403, status(new Exchange("DELETE", "/api/queues/messages")));
        assertEquals(
                405, status(new Exchange("PUT", "/api/queues/messages").header("Origin", "http://localhost:8181")));
    }

    @Test
    void aPageOfAnotherOriginReadsNothingAndMayLinkHere() throws Exception {
        Exchange foreign = new Exchange("GET", "/api/queues").header("Sec-Fetch-Site", "same-site");
        assertEquals(403, status(foreign));
        assertEquals(
                PASSED,
                status(new Exchange("GET", "/")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Sec-Fetch-Mode", "navigate")));
        assertEquals(PASSED, status(new Exchange("GET", "/api/queues").header("Sec-Fetch-Site", "same-origin")));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 127.0.0.1, '192.0.2.7'",
        "192.0.2.7, 127.0.0.1, '198.51.100.1, 192.0.2.7'",
        "2001:db8::7, ::1, '198.51.100.1,2001:db8::7'",
        // whoever comes from elsewhere says nothing that counts
        "203.0.113.5, 203.0.113.5, '192.0.2.7'",
        "127.0.0.1, 127.0.0.1, 'unknown'",
        "127.0.0.1, 127.0.0.1, '\" forged'"
    })
    void theAddressIsTheOneThatTheProxyOfThisMachineSaysLast(String address, String remote, String forwarded) {
        assertEquals(
                address,
                Origin.address(new Exchange("GET", "/")
                        .from(remote)
                        .header("X-Forwarded-For", forwarded)
                        .request()));
    }
}
