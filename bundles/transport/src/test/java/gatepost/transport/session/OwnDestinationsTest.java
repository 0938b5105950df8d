package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxNames;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.InboxRequest.Kind;
import gatepost.transport.frame.Frame;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.transport.DefaultTransportListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be said to the destinations that are Gatepost's own, and what each kind of frame becomes. */
class OwnDestinationsTest {

    private static final ActiveMQQueue OWN = new ActiveMQQueue("user.alice");

    private InboxNames inboxes = new NamedInboxes("user");
    private String user = "alice";
    private final OwnDestinations own = new OwnDestinations(
            () -> Optional.ofNullable(inboxes),
            () -> user,
            new DestinationNames(
                    new ConnectionId("c"), new BrokerLink(new DefaultTransportListener()), 1, Holdings.NONE));

    @Test
    void whatBeginsSoIsGatepostsOwn() {
        assertTrue(OwnDestinations.isOwn("/gatepost/inbox/state"));
        assertTrue(OwnDestinations.isOwn(" /gatepost/"));
        assertFalse(OwnDestinations.isOwn("/gatepost"));
        assertFalse(OwnDestinations.isOwn("/queue/gatepost/inbox/state"));
        assertFalse(OwnDestinations.isOwn(null));
    }

    @ParameterizedTest
    @CsvSource({
        "inbox/seen,SEEN,gatepost-upto,17",
        "inbox/read,READ,gatepost-upto,17.0",
        "inbox/read,READ,gatepost-offset,17",
        "inbox/unread,UNREAD,gatepost-offset,17",
        "inbox/archive,ARCHIVE,gatepost-upto,17"
    })
    void aMarkIsARequestToTheOwnInbox(String name, Kind kind, String header, String value) throws Refusal {
        InboxRequest request = request("", "destination", "/gatepost/" + name, header, value, "gatepost-epoch", "e-1");

        assertEquals(OWN, request.getDestination());
        assertEquals(kind, request.kind());
        OptionalLong number = OptionalLong.of(17);
        assertEquals(header.equals("gatepost-offset") ? number : OptionalLong.empty(), request.offset());
        assertEquals(header.equals("gatepost-upto") ? number : OptionalLong.empty(), request.upTo());
        assertEquals(Optional.of("e-1"), request.epoch());
    }

    @Test
    void aWithdrawalIsARequestToTheInboxThatTheMessageWasSentTo() throws Refusal {
        for (String bobs : new String[] {"/queue/user.bob", "user.bob", "queue://user.bob", " /queue/user.bob"}) {
            InboxRequest request = request(
                    " \r\n", "destination", "/gatepost/withdraw", "gatepost-destination", bobs, "gatepost-id", "7");
            assertEquals(new ActiveMQQueue("user.bob"), request.getDestination());
            assertEquals(Kind.WITHDRAW, request.kind());
            assertEquals(Optional.of("7"), request.id());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"READ", "UNREAD", "ARCHIVE"})
    void oneOffsetOrAllUpToOneIsMarked(Kind kind) {
        String destination = "/gatepost/inbox/" + kind.name().toLowerCase(Locale.ROOT);
        String expected = "SEND to " + destination + " needs either gatepost-offset or gatepost-upto: expected the "
                + "offset of one message, or of the last of all up to it";
        assertEquals(expected, refusal("destination", destination, "gatepost-epoch", "e-1"));
        assertEquals(
                expected,
                refusal(
                        "destination",
                        destination,
                        "gatepost-epoch",
                        "e-1",
                        "gatepost-offset",
                        "1",
                        "gatepost-upto",
                        "1"));
    }

    @Test
    void everythingUpToAMessageWasSeen() {
        assertEquals(
                "SEND to /gatepost/inbox/seen needs a header gatepost-upto: expected the offset of the last message "
                        + "that was seen",
                refusal("destination", "/gatepost/inbox/seen", "gatepost-epoch", "e-1"));
        assertEquals(
                "the header gatepost-offset:3 cannot be used: expected gatepost-upto: all is seen up to a message",
                refusal(
                        "destination",
                        "/gatepost/inbox/seen",
                        "gatepost-epoch",
                        "e-1",
                        "gatepost-offset",
                        "3",
                        "gatepost-upto",
                        "3"));
    }

    @ParameterizedTest
    @CsvSource({
        "gatepost-upto,'',a number from 0 to 9223372036854775807",
        "gatepost-upto,-1,a number from 0 to 9223372036854775807",
        "gatepost-upto,all,a number from 0 to 9223372036854775807",
        "gatepost-epoch,E,'1 to 64 characters of 0-9, a-z and -'",
        "gatepost-inbox,news,one of user",
        "transaction,t,none with /gatepost/inbox/read"
    })
    void aValueThatCannotBeUsedIsNamedWithWhatWasExpected(String header, String value, String expected) {
        assertEquals(
                "the header " + header + ":" + value + " cannot be used: expected " + expected,
                refusal(
                        "destination",
                        "/gatepost/inbox/read",
                        "gatepost-upto",
                        "1",
                        "gatepost-epoch",
                        "e-1",
                        header,
                        value));
    }

    @Test
    void anOffsetSaysNothingWithoutItsEpoch() {
        for (String[] epoch : new String[][] {{"x", ""}, {"gatepost-epoch", ""}}) {
            assertEquals(
                    "SEND to /gatepost/inbox/read needs a header gatepost-epoch: expected the epoch in which the offset "
                            + "was given",
                    refusal("destination", "/gatepost/inbox/read", "gatepost-offset", "1", epoch[0], epoch[1]));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/queue/a,/queue/b",
                "/queue/user.*",
                "/topic/a",
                "/temp-queue/a",
                "/remote-temp-queue/c:1",
                "/queue/user.bob?consumer.exclusive=true",
                "/gatepost/inbox/state",
                "/queue/",
                "/queue/a b"
            })
    void whatIsWithdrawnWasSentToOneQueue(String destination) {
        assertEquals(
                "the header gatepost-destination:" + destination + " cannot be used: expected the name of one queue",
                refusal("destination", "/gatepost/withdraw", "gatepost-destination", destination, "gatepost-id", "7"));
    }

    @Test
    void whatIsWithdrawnHasAnId() {
        assertEquals(
                "SEND to /gatepost/withdraw needs a header gatepost-id: expected what the message was sent with",
                refusal("destination", "/gatepost/withdraw", "gatepost-destination", "/queue/user.bob"));
        assertEquals(
                "the header gatepost-id:a b cannot be used: expected 1 to 128 printable characters of ASCII without "
                        + "spaces",
                refusal(
                        "destination",
                        "/gatepost/withdraw",
                        "gatepost-destination",
                        "/queue/user.bob",
                        "gatepost-id",
                        "a b"));
        assertEquals(
                "SEND to /gatepost/withdraw needs a header gatepost-destination: expected the queue that the message was "
                        + "sent to",
                refusal("destination", "/gatepost/withdraw", "gatepost-id", "7"));
    }

    @Test
    void aBodyIsRefusedUnlessItIsBlank() {
        Refusal refusal = assertThrows(
                Refusal.class,
                () -> request("x", "destination", "/gatepost/inbox/seen", "gatepost-upto", "1", "gatepost-epoch", "e"));
        assertEquals("SEND to /gatepost/inbox/seen has a body of 1 bytes: expected none", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "inbox/seen,gatepost-id",
        "inbox/read,gatepost-device",
        "inbox/read,gatepost-destination",
        "withdraw,gatepost-offset",
        "withdraw,gatepost-inbox",
        "withdraw,gatepost-epoch"
    })
    void whatHasNoMeaningHereIsRefused(String name, String header) {
        assertEquals(
                "the header " + header + " is unknown on SEND to /gatepost/" + name,
                refusal("destination", "/gatepost/" + name, header, "1"));
    }

    @Test
    void whatGatepostAloneSaysIsDropped() throws Refusal {
        request(
                "",
                "destination",
                "/gatepost/inbox/seen",
                "gatepost-upto",
                "1",
                "gatepost-epoch",
                "e-1",
                "gatepost-user",
                "bob",
                "content-type",
                "text/plain");
    }

    @Test
    void whatIsNotThereIsAnsweredWithWhatIs() {
        String expected = " is unknown on SEND: expected one of /gatepost/inbox/archive, /gatepost/inbox/done, "
                + "/gatepost/inbox/read, /gatepost/inbox/seen, /gatepost/inbox/unread, /gatepost/token, /gatepost/withdraw";
        for (String name :
                new String[] {"/gatepost/", "/gatepost/inbox/state", "/gatepost/inbox", "/gatepost/Withdraw"}) {
            assertEquals("the destination " + name + expected, refusal("destination", name));
        }
        for (String name : new String[] {"/gatepost/", "/gatepost/inbox/seen", "/gatepost/inbox/state/"}) {
            assertEquals(
                    "the destination " + name
                            + " is unknown on SUBSCRIBE: expected /gatepost/inbox or /gatepost/inbox/state",
                    watchRefusal("destination", name));
        }
    }

    @Test
    void whoWatchesWatchesTheOwnInbox() throws Refusal {
        assertEquals(OWN, watched("destination", " /gatepost/inbox/state", "id", "1"));
        assertEquals(OWN, watched("gatepost-inbox", "user", "ack", "auto", "activemq.prefetchSize", "1"));
        user = "bob";
        assertEquals(new ActiveMQQueue("user.bob"), watched("browser", "false", "durable", "false"));
    }

    @ParameterizedTest
    @CsvSource({
        "ack,client,auto: a state is not acknowledged",
        "ack,client-individual,auto: a state is not acknowledged",
        "ack,'',auto: a state is not acknowledged",
        "selector,a = 1,no such header with /gatepost/inbox/state",
        "browser,true,no such header with /gatepost/inbox/state",
        "browser,maybe,true or false",
        "durable,true,no such header with /gatepost/inbox/state",
        "durable-subscription-name,n,no such header with /gatepost/inbox/state",
        "activemq.subscriptionName,n,no such header with /gatepost/inbox/state",
        "activemq.exclusive,true,no such header with /gatepost/inbox/state",
        "gatepost-device,phone,no such header with /gatepost/inbox/state",
        "gatepost-start,new,no such header with /gatepost/inbox/state",
        "gatepost-offset,1,no such header with /gatepost/inbox/state",
        "gatepost-epoch,e-1,no such header with /gatepost/inbox/state",
        "gatepost-colour,red,no such header with /gatepost/inbox/state",
        "gatepost-inbox,news,one of user"
    })
    void whatIsSaidOfMessagesIsNotSaidOfAState(String header, String value, String expected) {
        assertEquals(
                "the header " + header + ":" + value + " cannot be used: expected " + expected,
                watchRefusal(header, value));
    }

    @Test
    void ofSeveralInboxesOneIsNamed() throws Refusal {
        inboxes = new NamedInboxes("user", "alerts");
        assertEquals(new ActiveMQQueue("alerts.alice"), watched("gatepost-inbox", " alerts"));
        assertEquals(
                "SUBSCRIBE to /gatepost/inbox/state needs a header gatepost-inbox: expected one of alerts, user",
                watchRefusal());
        assertEquals(
                "the header gatepost-inbox:news cannot be used: expected one of alerts, user",
                watchRefusal("gatepost-inbox", "news"));
        assertEquals(
                "SEND to /gatepost/inbox/seen needs a header gatepost-inbox: expected one of alerts, user",
                refusal("destination", "/gatepost/inbox/seen", "gatepost-upto", "1", "gatepost-epoch", "e-1"));
    }

    @Test
    void whereThereAreNoInboxesThatIsSaid() {
        inboxes = null;
        assertEquals("there are no inboxes here", watchRefusal());
        assertEquals(
                "there are no inboxes here",
                refusal("destination", "/gatepost/inbox/seen", "gatepost-upto", "1", "gatepost-epoch", "e-1"));
        inboxes = new NamedInboxes();
        assertEquals("there are no inboxes here", watchRefusal("gatepost-inbox", "user"));
    }

    /** Else whoever has such a name would watch everybody's. */
    @ParameterizedTest
    @ValueSource(strings = {"*", ">", "a,user.bob"})
    void aNameThatIsNoSingleQueueHasNoInbox(String name) {
        user = name;
        assertEquals("there are no inboxes here", watchRefusal());
    }

    @Test
    void whoHasNoNameHasNoInbox() {
        user = null;
        assertEquals("there are no inboxes here", watchRefusal());
    }

    private ActiveMQQueue watched(String... headers) throws Refusal {
        Map<String, String> all = new HashMap<>(Map.of("destination", OwnDestinations.STATE));
        all.putAll(headers(headers));
        return own.watched(new Frame("SUBSCRIBE", all, new byte[0]));
    }

    private String watchRefusal(String... headers) {
        return assertThrows(Refusal.class, () -> watched(headers)).getMessage();
    }

    private InboxRequest request(String body, String... headers) throws Refusal {
        return own.request(new Frame("SEND", headers(headers), body.getBytes(StandardCharsets.UTF_8)));
    }

    private String refusal(String... headers) {
        return assertThrows(Refusal.class, () -> request("", headers)).getMessage();
    }

    private static Map<String, String> headers(String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return all;
    }
}
