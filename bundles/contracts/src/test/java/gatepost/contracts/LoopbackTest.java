package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:3000",
                "app.localhost:8080",
                "127.0.0.1",
                "127.255.0.9:1",
                "[::1]",
                "[::1]:61614",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]"
            })
    void thisMachineIsWhatCanBeNothingElse(String host) {
        assertTrue(Loopback.isHost(host));
        assertTrue(Loopback.isOrigin("http://" + host));
        assertTrue(Loopback.isOrigin("https://" + host));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:61614",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evillocalhost",
                ".localhost",
                "a..localhost",
                "localhost.",
                "128.0.0.1",
                "127.0.0.256",
                "127.0.0.01",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "[::2]",
                "[2001:db8::1]",
                "[localhost]",
                "[::1",
                "localhost@evil.example",
                "evil.example/localhost",
                "localhost:80:80",
                "localhost evil.example",
                "[fe80::1%lo]",
                "0.0.0.0",
                "localhost\n"
            })
    void everythingElseMayLeadAnywhere(String host) {
        assertFalse(Loopback.isHost(host));
        assertFalse(Loopback.isOrigin("http://" + host));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "null",
                "",
                "localhost",
                "//localhost",
                "http://localhost/",
                "http://user@localhost",
                "file://",
                "http:localhost"
            })
    void whatIsNoOriginIsOfNowhere(String origin) {
        assertFalse(Loopback.isOrigin(origin));
    }

    @Test
    void aPageIsOfThisMachineWhenItsOriginAndItsHostAre() {
        assertTrue(new Page(Optional.of("http://localhost:3000"), "127.0.0.1:61614", false).isLoopback());
        assertTrue(new Page(Optional.empty(), "127.0.0.1:61614", false).isLoopback());
        assertFalse(new Page(Optional.of("http://evil.example"), "127.0.0.1:61614", false).isLoopback());
        assertFalse(new Page(Optional.of("http://localhost:3000"), "evil.example", false).isLoopback());
        assertFalse(new Page(Optional.of("null"), "localhost", false).isLoopback());
        assertFalse(new Page(Optional.empty(), "", false).isLoopback());
        assertFalse(new Page(Optional.of("http://localhost:3000"), "localhost", true).isLoopback());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "Via",
                "X-Forwarded-For",
                "x-forwarded-proto",
                "X-Forwarded-Whatever",
                "X-Real-IP",
                "CF-Connecting-IP",
                "True-Client-IP",
                "X-Client-IP",
                "Fastly-Client-IP"
            })
    void aProxySaysSo(String header) {
        assertTrue(ProxyHeaders.isProxys(header));
        assertTrue(ProxyHeaders.tellOfProxy(List.of("Host", header)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "Origin",
                "Connection",
                "Upgrade",
                "Cookie",
                "User-Agent",
                "Sec-WebSocket-Key",
                "Accept-Language",
                "Cache-Control",
                "Authorization",
                "X-Requested-With",
                "DNT"
            })
    void whatBrowsersSendTellsOfNone(String header) {
        assertFalse(ProxyHeaders.isProxys(header));
    }
}
