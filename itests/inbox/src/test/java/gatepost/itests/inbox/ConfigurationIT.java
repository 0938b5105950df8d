package gatepost.itests.inbox;

import static gatepost.itests.harness.ClientFrame.send;
import static gatepost.itests.harness.ClientFrame.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which queues are inboxes, changed while it runs. */
@ExtendWith(Suite.class)
class ConfigurationIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner owner = Owner.next();

    @ParameterizedTest
    @EnumSource
    void aQueueThatIsNoInboxAnyMoreEndsItsSubscriptionsAndNoOthersAndKeepsWhatWaits(Transport transport) {
        String queue = "/queue/app.of." + owner.name();
        owner.publishAll("1", "2", "3", "4");
        try (Tab tab = owner.tab(transport, "ack:client-individual");
                StompClient other = Queues.admin(gatepost)) {
            other.done(subscribe("1", queue));
            tab.acknowledge(tab.next(4).get(1));
            try {
                usersHaveInboxes(false);
                assertEndsWithReason(tab.client());

                owner.publish("5");
                List<ServerFrame> messages = competing("1", "3", "4", "5");
                assertTrue(messages.stream().allMatch(message -> message.header("gatepost-offset") == null));
            } finally {
                usersHaveInboxes(true);
            }
            other.done(send(queue, "nothing noticed"));
            assertEquals("nothing noticed", other.expect("MESSAGE").text());
        }
        // and back
        try (Tab tab = owner.tab("ack:client")) {
            Position.assertInOrder(List.of("1", "3", "4", "5"), tab.next(4));
        }
    }

    @Test
    void aQueueThatBecomesAnInboxEndsItsSubscriptionsAndKeepsWhatWaits() {
        try {
            usersHaveInboxes(false);
            owner.publishAll("1", "2", "3");
            try (Tab tab = owner.tab("ack:client-individual")) {
                ServerFrame first = tab.next();
                tab.acknowledge(first);
                usersHaveInboxes(true);
                assertEndsWithReason(tab.client());
            }
        } finally {
            usersHaveInboxes(true);
        }
        try (Tab one = owner.tab("ack:client");
                Tab other = owner.tab("ack:client")) {
            Position.assertInOrder(List.of("2", "3"), one.next(2));
            Position.assertInOrder(List.of("2", "3"), other.next(2));
            owner.publish("4");
            assertEquals("4", one.next().text());
            assertEquals("4", other.next().text());
        }
    }

    @Test
    void whatWaitsIsKeptThroughAChangeAndAKill() {
        owner.publishAll("1", "2", "3");
        try {
            usersHaveInboxes(false);
            gatepost.kill();
            gatepost.start();
            competing("1", "2", "3");
        } finally {
            usersHaveInboxes(true);
        }
        gatepost.kill();
        gatepost.start();
        assertEquals(List.of("1", "2", "3"), owner.waiting());
    }

    @Test
    void anotherPatternMakesMoreInboxesAndLeavesOthersAlone() {
        String queue = "/queue/team." + owner.name() + ".news";
        try (Tab tab = owner.tab("ack:client")) {
            try {
                gatepost.apply(Suite.INBOX, Map.of("inbox.team", "queue://team.{user}.news", "audience.inbox", "user"));
                try (Tab one = Tab.open(Transport.TCP, "system", "manager", queue);
                        Tab other = Tab.open(Transport.TCP, "system", "manager", queue);
                        StompClient application = Queues.admin(gatepost)) {
                    application.done(send(queue, "news"));
                    assertEquals("news", one.next().text());
                    assertEquals("news", other.next().text());
                }
            } finally {
                without("inbox.team", "audience.inbox");
            }
            owner.publish("nothing noticed");
            assertEquals("nothing noticed", tab.next().text());
        }
        assertEquals(List.of("news"), Queues.drain(gatepost, queue), "it waits, since no administrator takes any away");
    }

    @Test
    void anInboxThatIsAnAudienceNowEndsItsSubscriptionsAndKeepsWhatWaits() {
        String queue = "/queue/crew." + owner.name();
        try {
            gatepost.apply(Suite.INBOX, Map.of("inbox.crew", "queue://crew.{user}", "audience.inbox", "user"));
            try (Tab tab = Tab.open(Transport.TCP, "system", "manager", queue);
                    StompClient application = Queues.admin(gatepost)) {
                application.done(send(queue, "of the inbox"));
                assertEquals("of the inbox", tab.next().text());
                Map<String, String> audience = new HashMap<>(Map.of("audience.names", "queue://crew.{audience}"));
                audience.put("inbox.crew", null);
                gatepost.apply(Suite.INBOX, audience);
                assertEndsWithReason(tab.client());

                gatepost.shell("gatepost:audience-add " + owner.name() + " " + owner.name());
                ServerFrame receipt = Tab.receipt(application.request(send(queue, "to the crew")));
                assertEquals("1", receipt.header("gatepost-count"), receipt::toString);
                assertEquals(List.of("to the crew"), owner.waiting());
                gatepost.shell("gatepost:audience-remove --all " + owner.name());
            }
            Map<String, String> inbox = new HashMap<>(Map.of("inbox.crew", "queue://crew.{user}"));
            inbox.put("audience.names", "queue://audience.{audience}");
            gatepost.apply(Suite.INBOX, inbox);
            try (Tab tab = Tab.open(Transport.TCP, "system", "manager", queue)) {
                assertEquals("of the inbox", tab.next().text());
            }
        } finally {
            Map<String, String> usual = new HashMap<>(Map.of("audience.names", "queue://audience.{audience}"));
            usual.put("inbox.crew", null);
            usual.put("audience.inbox", null);
            gatepost.apply(Suite.INBOX, usual);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "queue://user",
        "queue://team.news",
        "queue://team.{user}.{user}",
        "queue://team.*.{user}",
        "queue://team.{user}.>",
        "queue://team.{user}.*",
        "queue://>",
        "queue://team.x{user}",
        "topic://team.{user}",
        "team.{user}",
        "queue://user.{user}",
        "queue://user.{user}.news",
        "queue://{user}.news",
        "''"
    })
    void aPatternThatCannotBeUsedIsRefusedAndTheLastGoodOneStays(String pattern) {
        try (Tab tab = owner.tab("ack:client");
                Tab other = owner.tab("ack:client")) {
            try {
                String line = gatepost.applyRefused(Suite.INBOX, Map.of("inbox.bad", pattern));
                assertTrue(line.contains("etc/" + Suite.INBOX), line);
                assertTrue(line.contains("inbox.bad"), line);
                assertTrue(line.contains(pattern), line);

                owner.publish("it is still an inbox");
                assertEquals("it is still an inbox", tab.next().text());
                assertEquals("it is still an inbox", other.next().text());
            } finally {
                without("inbox.bad");
            }
            owner.publish("and nothing was cut");
            assertEquals("and nothing was cut", tab.next().text());
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "many", "''"})
    void aLimitThatIsNoneIsRefused(String value) {
        try {
            String line = gatepost.applyRefused(Suite.INBOX, Map.of("history.messages", value));
            assertTrue(line.contains("etc/" + Suite.INBOX), line);
            assertTrue(line.contains("history.messages"), line);
        } finally {
            gatepost.apply(Suite.INBOX, Suite.USUAL);
        }
    }

    /** A plain queue has them in order, and whoever reads them takes them away: the reader here goes without having acknowledged. */
    private List<ServerFrame> competing(String... texts) {
        try (StompClient reader = Queues.admin(gatepost)) {
            reader.done(subscribe("1", owner.inbox(), "ack:client"));
            List<ServerFrame> messages = Stream.generate(() -> reader.expect("MESSAGE"))
                    .limit(texts.length)
                    .toList();
            assertEquals(List.of(texts), Position.texts(messages));
            reader.done(ClientFrame.of("DISCONNECT"));
            return messages;
        }
    }

    /** Whether users' queues are inboxes, unless that is so already. */
    private void usersHaveInboxes(boolean is) {
        if (is == (gatepost.setting(Suite.INBOX, "inbox.user") != null)) {
            return;
        }
        if (is) {
            gatepost.apply(Suite.INBOX, Suite.USUAL);
        } else {
            without("inbox.user");
        }
    }

    private void without(String... keys) {
        Map<String, String> changes = new HashMap<>();
        for (String key : keys) {
            changes.put(key, null);
        }
        gatepost.apply(Suite.INBOX, changes);
    }

    private static void assertEndsWithReason(StompClient client) {
        List<ServerFrame> rest = client.rest();
        ServerFrame last = rest.get(rest.size() - 1);
        assertEquals("ERROR", last.command());
        assertTrue(last.header("message").contains("inbox"), last::toString);
    }
}
