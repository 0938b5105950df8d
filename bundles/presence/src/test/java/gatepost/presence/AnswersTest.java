package gatepost.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.contracts.Presence.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final long GRACE = TimeUnit.SECONDS.toMillis(World.GRACE);

    private final World world = new World();
    private final Answers answers = new Answers(
            world.people,
            new SeenRecords(() -> world, () -> null, Runnable::run),
            () -> Instant.ofEpochMilli(world.now()));

    @Test
    void ofEachUserIsSaidWhatIsKnown() {
        assertEquals(Optional.empty(), answers.of("alice"));
        world.in("alice").watch(FakeWatcher.of("bob"));
        assertEquals(Optional.of(new State("alice", true, OptionalLong.of(World.START))), answers.of("alice"));
        assertEquals(Optional.empty(), answers.of("bob"));
        world.pass(5);
        assertEquals(OptionalLong.of(World.START + 5), answers.lastSeen("alice"));
        world.out("alice");
        world.pass(GRACE);
        assertEquals(Optional.of(new State("alice", false, OptionalLong.of(World.START + 5))), answers.of("alice"));
        assertEquals(OptionalLong.of(World.START + 5), answers.lastSeen("alice"));
        assertEquals(OptionalLong.empty(), answers.lastSeen("bob"));
    }

    @Test
    void whoIsOnLineIsListedByPagesInTheOrderOfNames() {
        world.in("carol").in("alice").in("bob").in("dave").watch(FakeWatcher.of("aaron", "zoe"));
        assertEquals(List.of("alice", "bob"), names("", 2));
        world.out("carol");
        world.pass(GRACE);
        assertEquals(List.of("dave"), names("bob", 2));
        assertEquals(List.of(), names("dave", 2));
    }

    private List<String> names(String after, int limit) {
        return answers.online(after, limit).stream().map(State::user).toList();
    }
}
