package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.transport.frame.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceHeaderTest {

    private static final ActiveMQQueue QUEUE = new ActiveMQQueue("user.alice");
    private static final String LONGEST_PLACE = "(the longest)";
    private static final String LONGEST = "Aa0._-xy".repeat(8);

    @Test
    void whoNamesNoDeviceHasNone() throws Refusal {
        assertEquals(Optional.empty(), device());
        assertEquals(Optional.empty(), DeviceHeader.of(frame(), new ActiveMQQueue("a,b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "phone-1", "Browser_2.0", "-", ".", LONGEST_PLACE})
    void aDeviceHasANameOfAFewCharacters(String name) throws Refusal {
        String device = name.equals(LONGEST_PLACE) ? LONGEST : name;
        assertEquals(Optional.of(device), device("gatepost-device", device));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "my phone", " phone", "a/b", "a:b", "ä", "\u0430", "a\n", LONGEST_PLACE})
    void anyOtherNameIsRefused(String name) {
        String device = name.equals(LONGEST_PLACE) ? LONGEST + "x" : name;
        assertEquals(
                "the header gatepost-device:" + device
                        + " cannot be used: expected 1 to 64 characters of A-Z, a-z, 0-9, -, _ and .",
                refusal(QUEUE, "gatepost-device", device));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue://a,queue://b",
                "queue://user.*",
                "queue://user.>",
                "topic://a",
                "temp-queue://c:1",
                "temp-topic://c:1"
            })
    void whereThereCanBeNoInboxThereIsNoDevice(String destination) {
        ActiveMQDestination other = ActiveMQDestination.createDestination(destination, ActiveMQDestination.QUEUE_TYPE);
        assertEquals(
                "the header gatepost-device:phone cannot be used: expected the name of one queue as the destination",
                refusal(other, "gatepost-device", "phone"));
    }

    @ParameterizedTest
    @CsvSource({
        "selector,colour = 'red',selector",
        "selector,'',selector",
        "gatepost-start,new,gatepost-start",
        "browser,True,browser:true"
    })
    void whatPassesOverMessagesDoesNotGoWithADevice(String header, String value, String named) {
        assertEquals(
                "the header gatepost-device:phone cannot be used: expected no header " + named + " with it",
                refusal(QUEUE, "gatepost-device", "phone", header, value));
    }

    @ParameterizedTest
    @CsvSource({"gatepost-offset,17", "browser,false", "ack,client"})
    void whatSaysWhereItHasGotToDoes(String header, String value) throws Refusal {
        assertEquals(Optional.of("phone"), device("gatepost-device", "phone", header, value));
    }

    private static Optional<String> device(String... headers) throws Refusal {
        return DeviceHeader.of(frame(headers), QUEUE);
    }

    private static String refusal(ActiveMQDestination destination, String... headers) {
        return assertThrows(Refusal.class, () -> DeviceHeader.of(frame(headers), destination))
                .getMessage();
    }

    private static Frame frame(String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Frame("SUBSCRIBE", all, new byte[0]);
    }
}
