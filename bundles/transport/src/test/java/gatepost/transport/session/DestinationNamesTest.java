package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQTempDestination;
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
        names = new DestinationNames(new ConnectionId("c1"), broker, 2, Holdings.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "/queue/a.b,queue://a.b",
        "/topic/t,topic://t",
        "test_1,queue://test_1",
        "queue://x,queue://x",
        "topic://x,topic://x",
        "/remote-temp-queue/ID:1,temp-queue://ID:1",
        "/queue//a,queue:///a",
        "/remote-temp-topic/ID:1,temp-topic://ID:1"
    })
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
        assertEquals(
                "true",
                names.destination("/queue/a?consumer.exclusive=true", "")
                        .getOptions()
                        .get("consumer.exclusive"));
        ActiveMQDestination both = names.destination("/queue/a?x=1", "consumer.priority=2");
        assertEquals("1", both.getOptions().get("x"));
        assertEquals("2", both.getOptions().get("consumer.priority"));
        assertEquals("a", both.getPhysicalName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/queue/",
                "/foo/bar",
                "/exchange/x",
                "vm://x",
                "/queue/a,",
                "/queue/?x=1",
                "/queue/a b",
                "/queue/a\u0000b",
                "/queue/a\nb",
                "temp-queue://x"
            })
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

    /** The connection's id stands in the ids of its messages, which their readers see. */
    @Test
    void theNameOfATemporaryDestinationDoesNotFollowFromItsConnectionNorFromAnother() throws Refusal {
        Set<String> chances = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            DestinationNames fresh = new DestinationNames(new ConnectionId("c1"), broker, 2, Holdings.NONE);
            for (String name : List.of("/temp-queue/a", "/temp-topic/a")) {
                ActiveMQTempDestination made = (ActiveMQTempDestination) fresh.destination(name, "");
                assertEquals("c1", made.getConnectionId(), "by which ActiveMQ knows whose it is");
                String chance = made.getPhysicalName().substring("c1:".length());
                assertTrue(chance.matches("[0-9]{20,39}"), chance);
                assertTrue(chances.add(chance), chance);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a@b.c,d@e",
                "/exchange/x",
                "/queue/",
                "/queue/a b",
                "/queue/a,/queue/b",
                "/queue/a.>",
                "https://x/y",
                "/temp-queue/a,/temp-queue/b",
                "/temp-queue/a b"
            })
    void aTextThatIsNotOneDestinationMakesNone(String text) throws Refusal {
        assertEquals(Optional.empty(), names.single(text));
        assertEquals(null, made);
    }

    @Test
    void aTextMayBeOneDestination() throws Refusal {
        assertEquals("queue://a", names.single("/queue/a").orElseThrow().getQualifiedName());
        assertEquals("topic://a", names.single("topic://a").orElseThrow().getQualifiedName());
        assertEquals(null, made);
        assertTrue(names.single("/temp-queue/a").orElseThrow().isTemporary());
        assertEquals(names.destination("/temp-queue/a", ""), ((DestinationInfo) made).getDestination());
    }

    @Test
    void temporaryDestinationsAreLimited() throws Refusal {
        names.destination("/temp-queue/1", "");
        names.destination("/temp-topic/2", "");
        assertTrue(assertThrows(Refusal.class, () -> names.destination("/temp-queue/3", ""))
                .getMessage()
                .contains("2"));
    }
}
