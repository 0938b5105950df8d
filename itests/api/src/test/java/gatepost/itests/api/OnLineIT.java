package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who calls is not on line for that: neither to whoever asks, nor for what is sent to all who are. */
@ExtendWith(Suite.class)
class OnLineIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final String caller = Suite.user();
    private final String reader = Suite.user();

    @Test
    void whoOnlyCallsHasASessionAndIsNotOnLine() {
        try (RawHttp connection = new RawHttp()) {
            connection.send(RawHttp.get("users/" + caller, Caller.user(caller)));
            assertEquals(200, connection.reply().status());
            // what comes and goes is told in its order
            try (EventStream stream = EventStream.open(gatepost.wsPort(), Caller.user(reader), "")) {
                stream.next();
                Awaitility.await("who reads is on line").until(() -> isOnline(reader));
                assertFalse(isOnline(caller));
                assertEquals(1, sessions(caller));
                assertTrue(gatepost.shell("gatepost:session-list --json").contains(caller));

                toAllOnLine("one");
                assertEquals("one", stream.message().body());
                assertEquals(0, waiting(caller));
            }
            try (EventStream stream = EventStream.open(gatepost.wsPort(), Caller.user(caller), "")) {
                stream.next();
                Awaitility.await("who called reads now").until(() -> isOnline(caller));
                toAllOnLine("two");
                assertEquals("two", stream.message().body());
            }
        }
    }

    private static boolean isOnline(String user) {
        return Caller.ADMINISTRATOR
                .get("presence?users=" + user)
                .expect(200)
                .json()
                .at("/users/0/online")
                .asBoolean();
    }

    private static int sessions(String user) {
        return Caller.ADMINISTRATOR
                .get("users/" + user + "/sessions")
                .expect(200)
                .json()
                .get("sessions")
                .size();
    }

    private static int waiting(String user) {
        return Caller.ADMINISTRATOR
                .get("users/" + user)
                .expect(200)
                .json()
                .get("waiting")
                .asInt();
    }

    private static void toAllOnLine(String body) {
        Caller.PUBLISHER
                .post("messages", "{'to':{'online':true},'body':'" + body + "'}")
                .expect(200);
    }
}
