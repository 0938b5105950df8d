package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQTempQueue;
import org.apache.activemq.command.Command;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.DestinationInfo;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationNamesTest {

    private Command made;
    private BrokerLink broker;
    private DestinationNames names;

    DestinationNamesTest() {
        broker = new BrokerLink(new DefaultTransportListener() {
            @Override
            public void onCommand(Object command) {
                made = (Command) command;
                broker.response(new Response());
            }
        });
        names = new DestinationNames(new ConnectionId("c1"), broker, 2);
    }

    @ParameterizedTest
    @CsvSource({"/queue/a.b,queue://a.b", "/topic/t,topic://t", "test_1,queue://test_1", "queue://x,queue://x",
        "topic://x,topic://x", "/remote-temp-queue/ID:1,temp-queue://ID:1", "/queue//a,queue:///a",
        "/remote-temp-topic/ID:1,temp-topic://ID:1"})
    void aNameIsADestination(String name, String expected) throws Refusal {
        assertEquals(expected, names.destination(name, "").getQualifiedName());
    }

    @Test
    void severalNamesAreACompositeDestination() throws Refusal {
        ActiveMQDestination destination = names.destination("/queue/a, /topic/b", "");
        assertTrue(destination.isComposite());
        assertEquals("queue://a", destination.getCompositeDestinations()[0].getQualifiedName());
        assertEquals("topic://b", destination.getCompositeDestinations()[1].getQualifiedName());
    }

    @Test
    void optionsStandWhereTheGateSeesThem() throws Refusal {
        assertEquals("true", names.destination("/queue/a?consumer.exclusive=true", "").getOptions().get("consumer.exclusive"));
        ActiveMQDestination both = names.destination("/queue/a?x=1", "consumer.priority=2");
        assertEquals("1", both.getOptions().get("x"));
        assertEquals("2", both.getOptions().get("consumer.priority"));
        assertEquals("a", both.getPhysicalName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/queue/", "/foo/bar", "/exchange/x", "vm://x", "/queue/a,", "/queue/?x=1", "/queue/a b",
        "/queue/a\u0000b", "/queue/a\nb", "temp-queue://x"})
    void aNameThatSaysNothingIsRefused(String name) {
        assertThrows(Refusal.class, () -> names.destination(name, ""));
    }

    @Test
    void aTemporaryDestinationIsMadeOnceAndKeepsTheNameThatItsMakerGaveIt() throws Refusal {
        ActiveMQDestination first = names.destination("/temp-queue/reply", "");
        assertEquals(first, ((DestinationInfo) made).getDestination());
        made = null;
        assertEquals(first, names.destination("/temp-queue/reply", ""));
        assertEquals(null, made);
        assertEquals("/temp-queue/reply", names.name(first));
        assertEquals("/remote-temp-queue/other:1", names.name(new ActiveMQTempQueue(new ConnectionId("other"), 1)));
    }

    @Test
    void temporaryDestinationsAreLimited() throws Refusal {
        names.destination("/temp-queue/1", "");
        names.destination("/temp-topic/2", "");
        assertTrue(assertThrows(Refusal.class, () -> names.destination("/temp-queue/3", "")).getMessage().contains("2"));
    }
}
