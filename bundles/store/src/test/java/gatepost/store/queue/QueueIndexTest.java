package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import gatepost.store.quota.Charge;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueIndexTest {

    private final QueueIndex index = new QueueIndex();

    @Test
    void whatIsThereIsFoundAndWhatIsNotIsNot() {
        index.put(5, 50, null);
        index.put(7, 70, null);

        assertEquals(50, index.get(5));
        assertEquals(0, index.get(6));
        assertEquals(70, index.remove(7));
        assertEquals(0, index.remove(7));
        assertEquals(1, index.size());
    }

    @Test
    void oneThatIsPutAgainIsWhereItWasPutLast() {
        index.put(5, 50, null);
        index.put(5, 51, null);

        assertEquals(51, index.get(5));
        assertEquals(1, index.size());
    }

    @Test
    void nextPassesOverWhatWentFromTheMiddle() {
        for (int i = 1; i <= 5; i++) {
            index.put(i, i * 10L, null);
        }
        index.remove(2);
        index.remove(3);

        assertEquals(1, index.next(Long.MIN_VALUE));
        assertEquals(4, index.next(1));
        assertEquals(Long.MAX_VALUE, index.next(5));
    }

    @Test
    void itKnowsWhoSentWhatHoweverManyDidAndWhateverWent() {
        Charge alice = new Charge("alice");
        Charge bob = new Charge("bob");
        for (int i = 1; i <= 20; i++) {
            index.put(i, i * 10L, i <= 10 ? alice : i % 3 == 0 ? null : bob);
            index.remove(i - 4);
        }

        assertEquals(4, index.size());
        assertSame(bob, index.sender(17));
        assertNull(index.sender(18));
        assertSame(bob, index.sender(20));
        assertNull(index.sender(3));
        index.put(16, 160, alice);
        assertSame(alice, index.sender(16));
        index.clear();
        index.put(21, 210, bob);
        assertSame(bob, index.sender(21));
    }

    /** The index does what a sorted map does, whatever comes and goes in whatever order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itIsASortedMap(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, Long> map = new TreeMap<>();
        for (int step = 0; step < 20_000; step++) {
            long sequence = step / 4L + random.nextInt(40);
            long location = 1L + random.nextInt(1000);
            if (random.nextInt(5) < 2) {
                index.put(sequence, location, null);
                map.put(sequence, location);
            } else {
                Long gone = map.remove(sequence);
                assertEquals(gone == null ? 0 : gone, index.remove(sequence));
            }
            long asked = step / 4L + random.nextInt(60) - 10;
            Long next = map.higherKey(asked);
            assertEquals(map.size(), index.size());
            assertEquals(map.getOrDefault(asked, 0L), index.get(asked));
            assertEquals(next == null ? Long.MAX_VALUE : next, index.next(asked));
        }
    }
}
