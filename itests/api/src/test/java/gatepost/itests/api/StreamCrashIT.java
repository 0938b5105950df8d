package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.api.EventStream.Event;
import gatepost.itests.harness.Gatepost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fifty streams and a publisher are under way when Gatepost is killed: whoever comes back misses nothing, or is told of a gap. */
@ExtendWith(Suite.class)
class StreamCrashIT {

    private static final int READERS = 50;
    private static final int MESSAGES = 200;
    private static final int BEFORE = 60;

    private final Gatepost gatepost = Suite.gatepost();
    private final String user = Suite.user();
    private final Caller owner = Caller.user(user);

    private record Reader(EventStream stream, List<String> bodies) {}

    @Test
    void nobodyMissesAnything() throws Exception {
        List<Reader> readers = IntStream.range(0, READERS)
                .mapToObj(i -> new Reader(EventStream.open(gatepost.wsPort(), owner, ""), new ArrayList<>()))
                .toList();
        AtomicInteger answered = new AtomicInteger();
        Thread publisher = new Thread(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                try {
                    send(i).expect(200);
                    answered.incrementAndGet();
                } catch (AssertionError e) {
                    // it was killed: all are sent again
                    return;
                }
            }
        });
        publisher.start();
        Awaitility.await("some are answered").until(() -> answered.get() >= BEFORE);
        gatepost.kill();
        publisher.join();
        assertTrue(answered.get() < MESSAGES, "the kill came too late");
        for (Reader reader : readers) {
            take(reader.stream(), reader.bodies());
        }
        gatepost.start();
        for (int i = 0; i < MESSAGES; i++) {
            send(i).expect(200);
        }
        for (Reader reader : readers) {
            String last = reader.stream().lastId();
            try (EventStream again = last.isEmpty()
                    ? EventStream.open(gatepost.wsPort(), owner, "?start=oldest")
                    : EventStream.open(gatepost.wsPort(), owner, "", "Last-Event-ID", last)) {
                boolean gap = again.next().json().get("gap").asBoolean();
                while (!reader.bodies().contains("m" + (MESSAGES - 1))) {
                    reader.bodies().add(again.message().body());
                }
                assertWhole(reader.bodies(), gap, "m" + answered.get());
            }
        }
    }

    private Answer send(int i) {
        return Caller.PUBLISHER.post(
                "messages", "{'to':{'users':['%s']},'body':'m%d','id':'id%d'}".formatted(user, i, i));
    }

    /** Takes what came before the connection broke. */
    private static void take(EventStream stream, List<String> bodies) {
        for (Event event = stream.nextOrEnd(); event != null; event = stream.nextOrEnd()) {
            if (event.type().equals("message")) {
                bodies.add(event.body());
            }
        }
    }

    /**
     * Each once: what a reader had is behind its last event, and what was sent again has the id of what was there.
     *
     * @param open was not answered when Gatepost was killed: a reader may have had it before it was on the disk, and has it again
     */
    private static void assertWhole(List<String> bodies, boolean gap, String open) {
        Set<String> once = new LinkedHashSet<>(bodies);
        List<String> twice = new ArrayList<>(bodies);
        once.forEach(twice::remove);
        twice.remove(open);
        assertEquals(List.of(), twice, () -> "came twice of: " + bodies);
        if (!gap) {
            Set<String> all = new LinkedHashSet<>();
            IntStream.range(0, MESSAGES).forEach(i -> all.add("m" + i));
            all.removeAll(once);
            assertEquals(Collections.emptySet(), all, () -> "nobody told of a gap: " + bodies);
        }
    }
}
