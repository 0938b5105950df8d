package gatepost.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostHeaderTest {

    @ParameterizedTest
    @CsvSource({
        ",false,true",
        "localhost:8181,true,false",
        "127.0.0.1:8181,true,true",
        "[::1]:8181,true,true",
        "10.0.0.5:8182,false,true",
        "[fd00::5]:8182,false,true",
        "Console.Example,true,false",
        "evil.example:8181,false,false",
        "10.0.0.5.evil.example,false,false",
        "evil@10.0.0.5,false,false",
        "10.0.0.5/x,false,false",
        "10.0.0,false,false",
        "'',false,false"
    })
    void itIsServedWhenItIsListedAndNoNameWhenItIsAnAddress(String header, boolean served, boolean noName) {
        assertEquals(served, HostHeader.isServed(header, Set.of("console.example")));
        assertEquals(noName, HostHeader.isNoName(header));
    }
}
