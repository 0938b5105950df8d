package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A row of a table: what becomes of it when a user does something to a destination.
 *
 * @param header one more header of the frame, {@code name:value}, or empty
 * @param answer {@code allowed}, or else the whole message of the ERROR frame, in which {@code …} stands for anything
 */
record Row(String user, Operation operation, String destination, String header, String answer) {

    /** What a user does; a table names it in lower case. */
    enum Operation {
        SUBSCRIBE,
        BROWSE,
        SEND,
        TRANSACTION
    }

    /** Stands for a name of which there is no destination yet. */
    static final String NEW = "{new}";

    private static final String ALLOWED = "allowed";

    /** @param signIn gives a client that is signed in as a user */
    void play(Function<String, Client> signIn) {
        String fresh = Suite.name();
        Row filled = new Row(user, operation, destination.replace(NEW, fresh), header, answer.replace(NEW, fresh));
        // who is not allowed to make a destination has to find none
        List<String> known = destination.contains(NEW) ? List.of() : filled.parts();
        try (Client client = signIn.apply(user)) {
            boolean reads = operation == Operation.SUBSCRIBE || operation == Operation.BROWSE;
            if (answer.equals(ALLOWED)) {
                filled.allowed(client, reads, "body of " + fresh);
            } else if (reads) {
                filled.readingRefused(client, known, "secret of " + fresh);
            } else {
                filled.sendingRefused(client, known, "body of " + fresh);
            }
        }
    }

    private void allowed(Client client, boolean reads, String body) {
        if (operation == Operation.BROWSE) {
            Suite.keeper().takeAll(destination);
            Suite.keeper().put(destination, body);
            assertEquals(Client.DONE, act(client, ""));
            awaitBody(client, body);
            assertEquals(List.of(body), Suite.keeper().takeAll(destination), "a browser takes nothing");
        } else if (reads) {
            assertEquals(Client.DONE, act(client, ""));
            Suite.keeper().put(parts().isEmpty() ? example(destination) : parts().get(0), body);
            awaitBody(client, body);
        } else {
            watching(
                    parts(),
                    () -> {
                        assertEquals(Client.DONE, act(client, body));
                        if (operation == Operation.TRANSACTION) {
                            client.commit("t");
                        }
                    },
                    watch -> watch.await(body));
        }
    }

    /** What is in the queues stays there; what rows before have left is not looked at. */
    private void readingRefused(Client client, List<String> known, String secret) {
        List<String> queues =
                known.stream().filter(part -> !part.startsWith("/topic/")).toList();
        queues.forEach(Suite.keeper()::takeAll);
        queues.forEach(queue -> Suite.keeper().put(queue, secret));
        refused(client, act(client, ""));
        queues.forEach(queue -> assertEquals(List.of(secret), Suite.keeper().takeAll(queue), queue));
    }

    /** Nothing comes anywhere, not even to those parts that the user may write to. */
    private void sendingRefused(Client client, List<String> known, String body) {
        watching(
                known,
                () -> refused(client, act(client, body)),
                watch -> assertFalse(watch.all().contains(body), () -> "a message comes to " + watch.destination()));
    }

    /** Does something while the keeper is subscribed to all parts, and looks at what came to each. */
    private static void watching(List<String> parts, Runnable action, Consumer<Keeper.Watch> check) {
        List<Keeper.Watch> watches = parts.stream().map(Suite.keeper()::watch).toList();
        try {
            action.run();
            watches.forEach(check);
        } finally {
            watches.forEach(Keeper.Watch::close);
        }
    }

    private void refused(Client client, String message) {
        String expected = Arrays.stream(answer.split("…", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElseThrow();
        assertTrue(message.matches(expected), () -> "expected \"" + answer + "\", got \"" + message + "\"");
        client.expectEnd();
    }

    private String act(Client client, String body) {
        Map<String, String> headers = new TreeMap<>();
        if (!header.isEmpty()) {
            headers.put(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 1));
        }
        return switch (operation) {
            case SUBSCRIBE -> client.subscribe(destination, headers);
            case BROWSE -> {
                headers.put("browser", "true");
                yield client.subscribe(destination, headers);
            }
            case TRANSACTION -> {
                client.begin("t");
                headers.put("transaction", "t");
                yield client.send(destination, body, headers);
            }
            default -> client.send(destination, body, headers);
        };
    }

    /** A wildcard of one who may read everything sees others' messages as well, and an inbox holds what came before. */
    private static void awaitBody(Client client, String body) {
        while (!client.message().equals(body)) {
            assertFalse(Thread.interrupted());
        }
    }

    /** @return the queues and topics that a destination names, as it says */
    private List<String> parts() {
        return Arrays.stream(destination.split(","))
                .map(part -> part.replaceAll("\\?.*", ""))
                .map(part -> part.replaceFirst("^(queue|topic)://", "/$1/"))
                .filter(part -> !part.contains("temp-") && !part.matches(".*([*>]|[./]$|\\.\\.).*"))
                .toList();
    }

    private static String example(String wildcard) {
        return wildcard.replace("*", "x").replace(">", "x");
    }

    @Override
    public String toString() {
        return user + " | " + operation.name().toLowerCase(Locale.ROOT) + " | " + destination + " | " + header + " | "
                + answer;
    }
}
