package gatepost.presence;

import gatepost.contracts.Presence.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What others may ask, as {@link gatepost.contracts.Presence} has it. Any thread; nobody waits for the roster's. */
final class Answers {

    private final People people;
    private final SeenRecords seen;
    private final InstantSource clock;

    Answers(People people, SeenRecords seen, InstantSource clock) {
        this.people = people;
        this.seen = seen;
        this.clock = clock;
    }

    Optional<State> of(String user) {
        Person person = people.find(user);
        if (person != null) {
            State state = person.state();
            if (state.since().isPresent()) {
                return Optional.of(state);
            }
        }
        OptionalLong last = seen.lastSeen(user);
        return last.isEmpty() ? Optional.empty() : Optional.of(new State(user, false, last));
    }

    List<State> online(String after, int limit) {
        List<State> page = new ArrayList<>();
        for (Person person : people.after(after)) {
            State state = person.state();
            if (page.size() == limit) {
                break;
            }
            if (state.online()) {
                page.add(state);
            }
        }
        return page;
    }

    OptionalLong lastSeen(String user) {
        Optional<State> state = of(user);
        if (state.isPresent() && state.get().online()) {
            return OptionalLong.of(clock.millis());
        }
        return state.map(State::since).orElse(OptionalLong.empty());
    }
}
