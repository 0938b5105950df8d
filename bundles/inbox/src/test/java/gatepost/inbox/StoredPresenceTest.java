package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.PresenceRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredPresenceTest {

    @TempDir
    private Path folder;

    private OperatedBroker broker;
    private PresenceRecords records;

    @BeforeEach
    void start() throws Exception {
        broker = new OperatedBroker(folder);
        records = broker.presence();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void whoWasOnLineIsKnownAfterTheStart() throws Exception {
        records.online("bob", 17, EventReport.NONE).await();
        records.online("a.b", 18, EventReport.NONE).await();
        records.online("carol", 19, EventReport.NONE).await();
        records.offline("carol", 20, EventReport.NONE);
        // in the order in which it was noted
        broker.records().noteSent("user.dave", "welcome").await();
        stop();
        start();

        assertEquals(Map.of("bob", 17L, "a.b", 18L), records.online());
        assertEquals(OptionalLong.empty(), records.lastSeen("bob"));
        assertEquals(OptionalLong.of(20), records.lastSeen("carol"));
        assertFalse(broker.isLoaded("user.bob"));
    }

    @Test
    void ofWhomIsErasedNothingIsNotedWhenTheyGo() throws Exception {
        records.online("bob", 17, EventReport.NONE).await();
        broker.users().erase("bob");
        records.offline("bob", 20, EventReport.NONE);

        assertEquals(OptionalLong.empty(), records.lastSeen("bob"));
        assertFalse(broker.users().users().contains("bob"));
    }

    @Test
    void aNameThatCanHaveNoInboxIsRefused() {
        assertThrows(IOException.class, () -> records.online("a.*", 1, EventReport.NONE));
        assertThrows(IOException.class, () -> records.lastSeen("a,b"));
    }
}
