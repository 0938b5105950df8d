package gatepost.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7,true",
        "192.0.2.7,192.0.2.8,false",
        "10.0.0.0/8,10.255.0.1,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.128.0.0/9,10.127.255.255,false",
        "0.0.0.0/0,203.0.113.1,true",
        "0.0.0.0/0,2001:db8::1,false",
        "fd00::/8,fdff::1,true",
        "fd00::/8,fc00::1,false",
        "::1,::1,true"
    })
    void anAddressIsInItsNetwork(String network, String address, boolean in) throws UnknownHostException {
        assertEquals(in, Networks.of(network).contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "localhost",
                "",
                "10.0.0.0/33",
                "10.0.0.0/x",
                "256.0.0.1",
                "fd00::/129",
                "10.0.0.0/-1",
                "1:2"
            })
    void anythingElseIsRefusedAndNamed(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Networks.of("192.0.2.1", text));
        assertTrue(e.getMessage().startsWith(text + " is no address"), e.getMessage());
    }

    @Test
    void noneContainsNothing() throws UnknownHostException {
        assertEquals(false, Networks.of().contains(InetAddress.getByName("192.0.2.1")));
    }
}
