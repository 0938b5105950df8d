package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MembersTest {

    private final MemoryLog log = new MemoryLog();
    private final Members members = members();

    private Members members() {
        return new Members(log, log.notes());
    }

    private static Set<String> names(Members members) {
        Set<String> names = new HashSet<>();
        members.forEach(name -> assertTrue(names.add(name), name));
        return names;
    }

    @Test
    void whoJoinsIsAMemberOnce() throws IOException {
        assertEquals(2, members.add(List.of("alice", "bob")));
        assertEquals(1, members.add(List.of("bob", "carol", "carol")));
        assertEquals(3, members.size());
        assertEquals(Set.of("alice", "bob", "carol"), names(members));
        assertTrue(members.contains("bob"));
        assertFalse(members.contains("bo"));
    }

    @Test
    void whoLeavesIsNone() throws IOException {
        members.add(List.of("alice", "bob", "carol"));
        assertEquals(1, members.remove(List.of("bob", "dave")));
        assertEquals(Set.of("alice", "carol"), names(members));
        assertEquals(2, members.size());
    }

    @Test
    void theyAreTheSameAfterAStart() throws IOException {
        Collection<String> all =
                IntStream.range(0, 5_000).mapToObj(n -> "user-" + n).toList();
        members.add(all);
        members.remove(List.of("user-17"));
        members.add(List.of("\u0416\u00fcrgen \ud83d\ude00"));

        Members later = members();

        assertEquals(5_000, later.size());
        assertEquals(names(members), names(later));
        assertTrue(later.contains("\u0416\u00fcrgen \ud83d\ude00"));
    }

    @Test
    void nothingIsLeftOfThoseWhoHaveLeft() throws IOException {
        members.add(IntStream.range(0, 100).mapToObj(n -> "user-" + n).toList());
        assertEquals(100, members.removeAll());
        assertEquals(Map.of(), log.notes());
        assertEquals(0, members.size());
    }

    @Test
    void whoJoinsHasOneNoteWrittenAndManyHaveEachOneOnce() throws IOException {
        members.add(IntStream.range(0, 10_000).mapToObj(n -> "user-" + n).toList());
        Map<String, byte[]> before = new HashMap<>(log.notes());
        assertEquals(Members.BUCKETS, before.size(), "all of them are about as long");
        assertTrue(before.values().stream().allMatch(note -> note.length < 500));

        members.add(List.of("alice"));

        assertEquals(
                1,
                log.notes().entrySet().stream()
                        .filter(note -> before.get(note.getKey()) != note.getValue())
                        .count());
    }

    @Test
    void oneWhoIsAMemberAlreadyHasNothingWritten() throws IOException {
        members.add(List.of("alice"));
        byte[] before = log.notes().values().iterator().next();
        assertEquals(0, members.add(List.of("alice")));
        assertTrue(log.notes().values().iterator().next() == before);
    }

    @Test
    void whereThereIsNoRoomForAllNobodyJoins() throws IOException {
        members.add(List.of("alice"));
        List<String> many = IntStream.range(0, Members.BUCKETS * Note.VALUE_MAX / 200)
                .mapToObj(n -> "x".repeat(200) + n)
                .toList();
        assertThrows(IllegalStateException.class, () -> members.add(many));
        assertEquals(Set.of("alice"), names(members));
        assertEquals(1, log.notes().size());
    }

    @Test
    void aHundredThousandFit() throws IOException {
        Collection<String> all = IntStream.range(0, 100_000)
                .mapToObj(n -> "user.with.a.rather.long.name-" + n)
                .toList();
        assertEquals(100_000, members.add(all));
        assertEquals(100_000, members().size());
    }
}
