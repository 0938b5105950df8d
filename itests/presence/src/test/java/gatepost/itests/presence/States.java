package gatepost.itests.presence;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that is told who is on line, and what it knows by that. */
final class States implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern JSON =
            Pattern.compile("\\{\"user\":\"([^\"]*)\",\"online\":(true|false),\"since\":(\\d+|null)}");

    /** @param at when it was read, by the nanosecond clock */
    record State(String user, boolean online, long since, long at) {

        static State of(ServerFrame frame) {
            Matcher json = JSON.matcher(frame.text());
            if (!json.matches() || !frame.header("destination").equals("/topic/gatepost.presence." + json.group(1))) {
                throw new AssertionError(frame.toString());
            }
            String since = json.group(3);
            return new State(
                    json.group(1),
                    json.group(2).equals("true"),
                    since.equals("null") ? 0 : Long.parseLong(since),
                    System.nanoTime());
        }
    }

    private final StompClient client;
    /** All that it was told, in that order. */
    final List<State> told = new ArrayList<>();

    final Map<String, State> known = new TreeMap<>();

    private States(StompClient client) {
        this.client = client;
    }

    /** @param headers more of SUBSCRIBE */
    static States of(Gatepost gatepost, String login, String passcode, String destination, String... headers) {
        StompClient client = Transport.TCP.client(gatepost);
        client.connect(login, passcode);
        client.done(ClientFrame.subscribe("states", destination, headers));
        return new States(client);
    }

    static States ofAll(Gatepost gatepost) {
        return of(gatepost, "system", "manager", "/topic/gatepost.presence.>");
    }

    /** Reads until it is told something that fits. */
    State await(Predicate<State> predicate) {
        for (; ; ) {
            State state = State.of(client.frame(PATIENCE));
            note(state);
            if (predicate.test(state)) {
                return state;
            }
        }
    }

    State next() {
        return await(any -> true);
    }

    /** Reads until what it knows fits. */
    void awaitKnown(Predicate<Map<String, State>> predicate) {
        while (!predicate.test(known)) {
            note(State.of(client.frame(PATIENCE)));
        }
    }

    /** Reads for so long. */
    void read(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            Optional<ServerFrame> frame = client.poll(Duration.ofNanos(left));
            frame.map(State::of).ifPresent(this::note);
        }
    }

    private void note(State state) {
        told.add(state);
        known.put(state.user(), state);
    }

    StompClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
