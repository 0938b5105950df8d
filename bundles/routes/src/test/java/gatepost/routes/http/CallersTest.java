package gatepost.routes.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose requests reach routes. */
class CallersTest {

    private static final Set<String> LISTED = Set.of("app.example.com", "[2001:db8::1]");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // host,                origin,                  site,        proxy,           passes
                "localhost:61680,       -,                       -,           -,               true",
                "127.0.0.1:61680,       -,                       none,        -,               true",
                "[::1]:61680,           -,                       -,           -,               true",
                "localhost:61680,       http://localhost:3000,   same-site,   -,               true",
                "127.0.0.1:61680,       http://localhost:3000,   cross-site,  -,               true",
                "evil.example:61680,    http://evil.example:61680, same-origin, -,             false", // its name leads
                // here
                "evil.example:61680,    -,                       -,           -,               false",
                "localhost:61680,       https://evil.example,    cross-site,  -,               false",
                "localhost:61680,       null,                    cross-site,  -,               false",
                "localhost:61680,       -,                       cross-site,  -,               false", // an image of
                // its page
                "localhost:61680,       -,                       -,           X-Real-IP,       false",
                "localhost:61680,       -,                       -,           via,             false",
                "localhost:61680,       -,                       -,           Forwarded,       false",
                "localhost:61680,       -,                       -,           X-Forwarded-For, false",
                "localhost:61680,       -,                       -,           CF-Connecting-IP, false",
                "app.example.com,       -,                       -,           X-Forwarded-For, true",
                "APP.example.com:443,   https://app.example.com, same-origin, X-Real-IP,       true",
                "[2001:db8::1]:61680,   -,                       -,           -,               true",
                "app.example.com,       https://evil.example,    cross-site,  -,               false",
                "sub.app.example.com,   -,                       -,           -,               false",
                "app.example.com@evil,  -,                       -,           -,               false",
                "localhost:61680,       https://app.example.com, cross-site,  -,               true",
                "-,                     -,                       -,           -,               false"
            })
    void whatIsOfThisMachineOrListedPasses(String host, String origin, String site, String proxy, boolean passes) {
        HttpHeaders headers = new DefaultHttpHeaders();
        set(headers, "Host", host);
        set(headers, "Origin", origin);
        set(headers, "Sec-Fetch-Site", site);
        set(headers, proxy == null ? "Accept" : proxy, "1.2.3.4");
        assertEquals(passes, Callers.refusal(headers, LISTED).isEmpty(), headers.toString());
    }

    private static void set(HttpHeaders headers, String name, String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }
}
