package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A look at what waits first, which nobody is the worse for. */
class FirstMessagesTest extends SimulatedInbox {

    @Test
    void soManyAreLookedAtOrSoManyBytes() throws IOException {
        List<Long> offsets = List.of(written(), written(), written());
        QueueStore store = stores.store(ALICE);
        assertEquals(offsets.subList(0, 2), looked(store, 2, Long.MAX_VALUE));
        assertEquals(offsets.subList(0, 1), looked(store, 3, 1));
        assertEquals(offsets, looked(store, 4, Long.MAX_VALUE));
    }

    private static List<Long> looked(QueueStore store, int limit, long bytes) throws IOException {
        List<Long> looked = new ArrayList<>();
        store.first(limit, bytes, message -> looked.add(offset(message)));
        return looked;
    }

    @Test
    void whoAsksForTheEpochMakesNoInbox() throws IOException {
        assertEquals(Optional.of(log.epoch()), stores.store(ALICE).epoch());
        assertEquals(Optional.empty(), stores.store(BOB).epoch());
        assertEquals(Optional.empty(), stores.store(BOB).epoch());
    }
}
