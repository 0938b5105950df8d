package gatepost.itests.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request to the web server goes through, whatever it asks for. */
@ExtendWith(Suite.class)
class RequestGuardIT {

    private final Web web = Suite.web();

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "LOCALHOST"})
    void loopbackIsServedUnderItsNames(String host) {
        assertEquals(200, web.get("/", "Host", host + ":" + web.port()).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatepost.attacker.example",
                "localhost.attacker.example",
                "127.0.0.2",
                "localhost@attacker.example",
                "192.168.0.1",
                "%"
            })
    void aNameThatSomebodyElseLetsPointToThisMachineIsRefused(String host) {
        for (String path : new String[] {"/", "/nothing", "/metrics"}) {
            if (host.equals("127.0.0.2") && path.equals("/metrics")) {
                // no name, and this machine: a monitor may ask so, and a page whose name points here cannot
                assertEquals(200, web.get(path, "Host", host + ":" + web.port()).statusCode());
                continue;
            }
            assertTrue(web.get(path, "Host", host + ":" + web.port()).statusCode() >= 400, path);
        }
    }

    @Test
    void aNameThatTheOperatorListsIsServedAsSoonAsItIsListed() {
        assertEquals(421, web.get("/", "Host", "console.example").statusCode());
        Suite.gatepost().apply("gatepost.console.cfg", Map.of("hosts", "Console.example"));
        try {
            assertEquals(200, web.get("/", "Host", "console.example").statusCode());
            assertEquals(421, web.get("/", "Host", "other.example").statusCode());
        } finally {
            Suite.gatepost().apply("gatepost.console.cfg", Map.of("hosts", ""));
        }
    }

    @Test
    void aListOfHostsThatCannotBeUsedLeavesTheLastOneInForce() {
        String line = Suite.gatepost().applyRefused("gatepost.console.cfg", Map.of("hosts", "http://console.example/"));
        try {
            assertTrue(line.contains("hosts = http://console.example/: expected names of hosts"), line);
            assertEquals(421, web.get("/", "Host", "console.example").statusCode());
        } finally {
            Suite.gatepost().apply("gatepost.console.cfg", Map.of("hosts", ""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  http://localhost:3000,             403", // all ports of a host are one site to cookies
        "POST, http://localhost:3000,             403",
        "POST, https://attacker.example,          403",
        "POST, null,                              403",
        "GET,  http://127.0.0.1:PORT,             200",
        "GET,  http://127.0.0.1:PORT.attacker.example, 403",
        "PUT,  http://127.0.0.1:PORT,             405"
    })
    void onlyPagesOfItsOwnOriginAreAnswered(String method, String origin, int status) {
        assertEquals(
                status,
                web.request(method, "/", "", "Origin", origin.replace("PORT", "" + web.port()))
                        .statusCode());
    }

    @Test
    void whoeverWritesHasToNameTheOrigin() {
        assertEquals(403, web.request("POST", "/", "").statusCode());
    }

    @Test
    void aLinkFromElsewhereMayBeFollowedButNothingElseOfHereIsForOtherPages() {
        assertEquals(
                200,
                web.get("/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                        .statusCode());
        assertEquals(
                403,
                web.get("/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors")
                        .statusCode());
        assertEquals(
                403,
                web.get("/", "Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors")
                        .statusCode());
        assertEquals(
                200,
                web.get("/", "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors")
                        .statusCode());
    }

    @Test
    void aPageMayConnectToGatepostAndNowhereElse() {
        String policy =
                web.get("/try").headers().firstValue("Content-Security-Policy").orElse("");
        String gatepost = "//127.0.0.1:" + Suite.gatepost().wsPort();
        assertTrue(policy.endsWith("connect-src 'self' ws:" + gatepost + " http:" + gatepost), policy);
    }

    @Test
    void everyAnswerForbidsTheBrowserWhatThePagesDoNotNeed() {
        for (HttpResponse<String> answer :
                List.of(web.get("/"), web.get("/nothing"), web.get("/", "Host", "attacker.example"))) {
            String policy =
                    answer.headers().firstValue("Content-Security-Policy").orElse("");
            assertTrue(policy.startsWith("default-src 'none';"), policy);
            assertTrue(policy.contains("frame-ancestors 'none'"), policy);
            assertTrue(!policy.contains("unsafe"), policy);
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElse(""));
            assertEquals(
                    "same-origin",
                    answer.headers().firstValue("Cross-Origin-Resource-Policy").orElse(""));
            assertEquals(
                    "no-referrer",
                    answer.headers().firstValue("Referrer-Policy").orElse(""));
            assertEquals("", answer.headers().firstValue("Server").orElse(""));
        }
    }
}
