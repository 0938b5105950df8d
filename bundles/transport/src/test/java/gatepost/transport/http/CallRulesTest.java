package gatepost.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.contracts.http.CallRefused;
import gatepost.transport.Options;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.websocket.RefusedOrigins;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRulesTest {

    private static final Map<String, String> AUTHORIZATIONS =
            Map.of("basic", "Basic YTpi", "bearer", "Bearer x.y.z", "other", "Digest x");

    /** 10.0.0.1 is one of the connector's proxies, and https://app.example.com one of its origins. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // connection       | proxy's headers          | origin                  | authorization | answer
                "tls 192.0.2.1      | -                        | -                       | basic  | 0",
                "tls 192.0.2.1      | -                        | -                       | bearer | 0",
                "tls 192.0.2.1      | -                        | -                       | other  | 401",
                "tls 192.0.2.1      | -                        | -                       | -      | 401",
                "tls 192.0.2.1      | -                        | https://app.example.com | basic  | 401",
                "tls 192.0.2.1      | -                        | https://app.example.com | bearer | 0",
                "tls 192.0.2.1      | -                        | http://host             | bearer | 0",
                "tls 192.0.2.1      | -                        | http://evil.example     | bearer | 403",
                "tls 192.0.2.1      | -                        | null                    | bearer | 403",
                "tls 192.0.2.1      | -                        | null                    | -      | 403",
                "tls 192.0.2.1      | http 192.0.2.9           | -                       | basic  | 0",
                "plain 127.0.0.1    | -                        | -                       | basic  | 0",
                "plain ::1          | -                        | -                       | bearer | 0",
                "plain 127.0.0.1    | -                        | http://host             | bearer | 0",
                "plain 127.0.0.1    | -                        | http://host             | basic  | 401",
                "plain 127.0.0.1    | http 192.0.2.9           | -                       | basic  | 403",
                "plain 127.0.0.1    | - 192.0.2.9              | -                       | basic  | 403",
                "plain 127.0.0.1    | https 192.0.2.9          | -                       | basic  | 0",
                "plain 127.0.0.1    | https, http 192.0.2.9    | -                       | bearer | 403",
                "plain 192.0.2.1    | -                        | -                       | basic  | 403",
                "plain 192.0.2.1    | -                        | -                       | bearer | 403",
                "plain 192.0.2.1    | -                        | -                       | -      | 401",
                "plain 192.0.2.1    | https 192.0.2.9          | -                       | bearer | 403",
                "plain 10.0.0.1     | https 192.0.2.9          | -                       | basic  | 0",
                "plain 10.0.0.1     | HTTPS 192.0.2.9          | -                       | bearer | 0",
                "plain 10.0.0.1     | http 192.0.2.9           | -                       | bearer | 403",
                "plain 10.0.0.1     | - 192.0.2.9              | -                       | bearer | 403",
                "plain 10.0.0.1     | -                        | -                       | bearer | 403",
                "plain 10.0.0.2     | https 192.0.2.9          | -                       | bearer | 403"
            })
    void whoMayProveThemselvesHow(String connection, String proxy, String origin, String authorization, int answer)
            throws Exception {
        HttpRequest request = request();
        if (proxy != null) {
            String proto = proxy.substring(0, proxy.lastIndexOf(' '));
            request.headers().set("X-Forwarded-For", proxy.substring(proxy.lastIndexOf(' ') + 1));
            if (!proto.equals("-")) {
                request.headers().set("X-Forwarded-Proto", proto);
            }
        }
        if (origin != null) {
            request.headers().set("Origin", origin);
        }
        if (authorization != null) {
            request.headers().set("Authorization", AUTHORIZATIONS.get(authorization));
        }
        String[] parts = connection.split(" ");
        assertEquals(answer, status(rules(parts[0].equals("tls"), parts[1]), request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host                            | host      | 400",
                "Authorization                   | Basic x   | 400",
                "Origin                          | http://host | 400",
                "Content-Length                  | 1         | 400",
                "X-Forwarded-Proto               | https     | 400"
            })
    void whatIsThereTwiceCouldMeanEither(String name, String value, int answer) throws Exception {
        HttpRequest request = request();
        request.headers().remove(name);
        request.headers().add(name, value).add(name, value);
        assertEquals(answer, status(rules(true, "192.0.2.1"), request));
    }

    @ParameterizedTest
    @CsvSource({"gzip, 415", "'gzip, identity', 415", "identity, 401", "IDENTITY, 401"})
    void aBodyComesAsItIs(String encoding, int answer) throws Exception {
        HttpRequest request = request();
        request.headers().set("Content-Encoding", encoding);
        assertEquals(answer, status(rules(true, "192.0.2.1"), request));
    }

    @Test
    void aBodyHasOneLength() throws Exception {
        HttpRequest request = request();
        request.headers().set("Transfer-Encoding", "chunked").set("Content-Length", "3");
        assertEquals(400, status(rules(true, "192.0.2.1"), request));
    }

    @ParameterizedTest
    @CsvSource({
        "false, /x?access_token=secret, 401",
        "true, /x?access_token=secret, 0",
        "true, /x?a=b&access_token=secret&c, 0",
        "true, /x, 401",
        "true, /access_token=secret, 401"
    })
    void aTokenStandsInTheAddressWhereThatIsAllowed(boolean allowed, String target, int answer) throws Exception {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/gatepost" + target);
        request.headers().set("Host", "host");
        CallRules rules = new CallRules(
                Options.with("http.query.token", allowed),
                new RefusedOrigins(new TransportMetrics(new OpenSockets())),
                true,
                InetAddress.getByName("192.0.2.1"));
        assertEquals(answer, status(rules, request));
    }

    @Test
    void ofHttp10AHostIsNotExpected() throws Exception {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/gatepost/x");
        request.headers().set("Authorization", "Bearer x");
        assertEquals(0, status(rules(true, "192.0.2.1"), request));
    }

    private static HttpRequest request() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/gatepost/x");
        request.headers().set("Host", "host");
        return request;
    }

    /** @return 0 when credentials are read */
    private static int status(CallRules rules, HttpRequest request) {
        try {
            rules.require(request);
            rules.credentials(request);
            return 0;
        } catch (CallRefused e) {
            return e.reason().status();
        }
    }

    private static CallRules rules(boolean tls, String peer) throws UnknownHostException {
        return new CallRules(
                Options.with("origins", new String[] {"https://app.example.com"}, "proxies", new String[] {"10.0.0.1"}),
                new RefusedOrigins(new TransportMetrics(new OpenSockets())),
                tls,
                InetAddress.getByName(peer));
    }
}
