package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What concerns a user and no inbox, where users have two kinds of inboxes: of the first by its name, {@code aside}, publishers are the
 * administrators; of the other the users themselves.
 */
@ExtendWith(Suite.class)
class SeveralInboxesIT {

    private static final String MAP = "gatepost.authorization.cfg";
    private static final Caller SHOP = Caller.basic("shop", "shop-it");

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();
    private final Caller owner = Caller.user(user);

    @BeforeAll
    static void twoKinds() {
        Suite.gatepost()
                .apply(MAP, Map.of("entry.aside", "queue://aside.> read=publishers write=publishers admin=publishers"));
        Suite.gatepost().apply(Suite.INBOX, Map.of("inbox.aside", "queue://aside.{user}", "audience.inbox", "user"));
    }

    @AfterAll
    static void asItWas() {
        Map<String, String> inbox = new HashMap<>(Map.of("audience.inbox", ""));
        inbox.put("inbox.aside", null);
        Suite.gatepost().apply(Suite.INBOX, inbox);
        Map<String, String> map = new HashMap<>();
        map.put("entry.aside", null);
        Suite.gatepost().apply(MAP, map);
    }

    private EventStream stream() {
        return EventStream.open(gatepost.wsPort(), owner, "?inbox=user");
    }

    private static String session(EventStream stream) {
        return "sessions/" + Caller.encoded(stream.next().json().get("session").asText());
    }

    @Test
    void whoAdministersAnyOfThemEndsASessionByItsId() {
        for (Caller caller : new Caller[] {owner, SHOP, Caller.ADMINISTRATOR}) {
            try (EventStream stream = stream();
                    EventStream other = stream()) {
                String id = session(stream);
                session(other);
                Caller.user(Suite.user()).call("DELETE", id, null).expect(404);
                caller.call("DELETE", id, null).expect(204);
                assertTrue(stream.ends());
                caller.call("DELETE", id, null).expect(404);
                Caller.PUBLISHER
                        .post("messages", "{'to':{'users':['" + user + "'],'inbox':'user'},'body':'on'}")
                        .expect(200);
                assertEquals("on", other.message().body(), "the other session goes on");
            }
        }
    }

    @Test
    void sessionsAreThoseOfTheUserWhicheverInboxIsNamed() {
        try (EventStream stream = stream()) {
            String id = stream.next().json().get("session").asText();
            for (String query : new String[] {"", "?inbox=user"}) {
                assertTrue(owner.get("users/" + user + "/sessions" + query)
                        .expect(200)
                        .text()
                        .contains(id));
            }
            SHOP.get("users/" + user + "/sessions").expect(200);
            owner.get("users/" + user + "/sessions?inbox=aside").expect(403);
            SHOP.get("users/" + user + "/sessions?inbox=user").expect(403);
            Caller.user(Suite.user()).get("users/" + user + "/sessions").expect(403);
            owner.call("DELETE", "users/" + user + "/sessions", null).expect(200);
            assertTrue(stream.ends());
        }
    }

    @Test
    void aUserRevokesWhatIsTheirs() {
        Caller.user(Suite.user()).post("revocations", "{'user':'" + user + "'}").expect(403);
        owner.post("revocations", "{'user':'" + user + "'}").expect(200);
        owner.get("revocations?user=" + user).expect(401);
        SHOP.call("DELETE", "revocations?user=" + user, null).expect(204);
        owner.get("revocations?user=" + user).expect(200);
    }

    @Test
    void whoIsErasedLosesAllOfThemSoThatItTakesTheRightOfAll() {
        SHOP.call("DELETE", "users/" + user, null).expect(403);
        Caller.ADMINISTRATOR.call("DELETE", "users/" + user, null).expect(204);
    }
}
