package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store that is full is the whole service's matter, and not that of who publishes. */
@ExtendWith(Suite.class)
class StoreFullIT {

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();

    @Test
    void whoPublishesIsToldToComeAgain() {
        String before = gatepost.setting(Suite.BROKER, "store.limit");
        gatepost.apply(Suite.BROKER, Map.of("store.limit", "1048576"));
        try {
            Answer refused;
            int taken = -1;
            do {
                refused = Caller.PUBLISHER.post(
                        "messages", "{'to':{'users':['" + user + "']},'body':'" + "x".repeat(100_000) + "'}");
                taken++;
            } while (refused.status() == 200 && taken < 100);
            assertEquals(503, refused.status(), refused.text());
            assertNotEquals("", refused.header("retry-after"));
            assertTrue(refused.detail().contains("the store is full"), refused.detail());
        } finally {
            gatepost.apply(Suite.BROKER, Map.of("store.limit", before));
        }
        Caller.PUBLISHER.publish(user, "there is room again");
    }
}
