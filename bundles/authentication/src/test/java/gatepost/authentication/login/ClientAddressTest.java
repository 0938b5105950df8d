package gatepost.authentication.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Page;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stomp://127.0.0.1:50412",
                "ws://127.8.9.10:1",
                "wss://[0:0:0:0:0:0:0:1]:50412",
                "tcp://[::1]:1",
                "stomp://[::ffff:127.0.0.1]:1"
            })
    void thisMachineIsLoopback(String address) {
        assertTrue(ClientAddress.of(address).loopback());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "ws://127.0.0.1:50412?forwarded",
                "wss://[::1]:1?forwarded",
                "stomp://192.0.2.7:1",
                "stomp://[2001:db8::1]:1",
                "vm://localhost#1",
                "vm://127.0.0.1:1",
                "stomp://localhost:1",
                "stomp://127.0.0.1.example.com:1",
                "",
                "nonsense",
                "stomp://0.0.0.0:1",
                "http://[::1",
                "stomp://1.2.3.4.5:1"
            })
    void everywhereElseAndWhatCameThroughAProxyIsNot(String address) {
        assertFalse(ClientAddress.of(address).loopback());
    }

    @Test
    void aPageIsOfThisMachineOnlyWithBothOfItsNames() {
        ClientAddress here = ClientAddress.of("ws://127.0.0.1:1");
        assertEquals(here, here.with(Optional.empty()));
        assertEquals(
                here, here.with(Optional.of(new Page(Optional.of("http://localhost:3000"), "localhost:61614", false))));
        assertEquals(here, here.with(Optional.of(new Page(Optional.empty(), "[::1]:61614", false))));
        ClientAddress rebound =
                here.with(Optional.of(new Page(Optional.of("http://evil.example"), "evil.example", false)));
        assertFalse(rebound.loopback());
        assertTrue(rebound.stranger());
        ClientAddress program = here.with(Optional.of(new Page(Optional.empty(), "chat.example", false)));
        assertFalse(program.loopback());
        assertFalse(program.stranger());
    }

    @Test
    void whatAProxyPassedOnIsOfNowhereAndCountedApart() {
        ClientAddress here = ClientAddress.of("ws://127.0.0.1:1");
        ClientAddress proxied = here.with(Optional.of(new Page(Optional.of("http://localhost"), "localhost", true)));
        assertFalse(proxied.loopback());
        assertTrue(proxied.stranger());
        assertEquals(ClientAddress.of("ws://127.0.0.1:1?forwarded"), proxied);
        assertEquals(
                proxied,
                ClientAddress.of("ws://127.0.0.1:1?forwarded")
                        .with(Optional.of(new Page(Optional.of("http://localhost"), "localhost", true))));
    }

    @Test
    void onePortOrAnotherIsOneAddress() {
        assertEquals(
                ClientAddress.of("stomp://192.0.2.7:1").key(),
                ClientAddress.of("ws://192.0.2.7:2").key());
        assertNotEquals(
                ClientAddress.of("stomp://192.0.2.7:1").key(),
                ClientAddress.of("stomp://192.0.2.8:1").key());
    }

    @Test
    void oneIpv6NetworkIsOneAddress() {
        assertEquals(
                ClientAddress.of("ws://[2001:db8:1:2::1]:1").key(),
                ClientAddress.of("ws://[2001:db8:1:2:3:4:5:6]:1").key());
        assertNotEquals(
                ClientAddress.of("ws://[2001:db8:1:2::1]:1").key(),
                ClientAddress.of("ws://[2001:db8:1:3::1]:1").key());
    }

    @Test
    void whatCameThroughAProxyIsCountedApart() {
        assertNotEquals(
                ClientAddress.of("ws://127.0.0.1:1").key(),
                ClientAddress.of("ws://127.0.0.1:1?forwarded").key());
    }
}
