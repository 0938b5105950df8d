package gatepost.events;

import gatepost.contracts.events.EventType;
import gatepost.events.feed.NotTaken;
import gatepost.events.feed.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A subscriber that remembers what it was told, and answers as a test says. */
public final class FakeReceiver implements Receiver {

    private final String name;
    public Set<EventType> types = EnumSet.complementOf(EnumSet.of(EventType.EVENTS_LOST));
    public Duration after = Duration.ofHours(1);
    public int atOnce = 4;
    public String target = "here";
    /** What becomes of an event; {@code null} from it when it is taken. */
    public Function<Told, NotTaken> answer = event -> null;
    /** Whether it does not answer for now. */
    public boolean slow;

    public final List<Told> asked = new ArrayList<>();
    public final List<Told> taken = new ArrayList<>();
    public final List<CompletableFuture<Void>> open = new ArrayList<>();

    public FakeReceiver(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<EventType> types() {
        return types;
    }

    @Override
    public Duration after() {
        return after;
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public CompletionStage<Void> tell(Told event) {
        asked.add(event);
        if (slow) {
            CompletableFuture<Void> later = new CompletableFuture<>();
            open.add(later);
            return later.thenRun(() -> taken.add(event));
        }
        NotTaken no = answer.apply(event);
        if (no == null) {
            taken.add(event);
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.failedFuture(no);
    }

    /** @return the key of each event of a user that was taken, as {@link World#happens} has it in the facts */
    public List<String> keys(String user) {
        return taken.stream()
                .filter(event -> event.user().equals(user))
                .map(event -> event.json().replaceAll(".*\"key\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    public List<String> takenTypes() {
        return taken.stream().map(Told::type).toList();
    }
}
