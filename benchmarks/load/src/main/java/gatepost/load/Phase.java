package gatepost.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One part of a run, written {@code KIND:persistent:NUMBER:MESSAGES} or {@code KIND:direct:NUMBER:MESSAGES}, or shorter.
 *
 * @param persistent whether messages are
 * @param number publishers, or messages a second: what the kind says
 * @param messages at most; 0: as many as the time allows
 */
record Phase(Kind kind, boolean persistent, int number, int messages) {

    /** What happens, and what a phase's number means. */
    enum Kind {
        /** All users come: each connects and subscribes. */
        CONNECT,
        /** Messages at full speed whose figures mean nothing; the number is publishers. */
        WARMUP,
        /** Messages at full speed; the number is publishers. */
        FULL,
        /** Messages at a fixed rate: the number a second. */
        RATE,
        /** As with a rate, and one user in a hundred stops reading. */
        STALLED,
        /** As with a rate, and somebody else sends one message after another to many users. */
        MANY,
        /** All users leave, messages are sent, all users come back; the number is publishers. */
        AWAY,
        /** Each user's queue gets one message while nobody is there; the number is publishers. */
        FILL,
        /** One reader takes what waits in all queues, which then are idle. */
        DRAIN
    }

    static List<Phase> list(String text) {
        return Arrays.stream(text.split(",")).map(Phase::of).toList();
    }

    private static Phase of(String text) {
        String[] words = text.strip().split(":");
        if (words.length > 4 || words.length > 1 && !words[1].matches("persistent|direct")) {
            throw new IllegalArgumentException(
                    "phase " + text + ": expected KIND:persistent:NUMBER:MESSAGES or KIND:direct:...");
        }
        boolean persistent = words.length < 2 || words[1].equals("persistent");
        return new Phase(
                Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                persistent,
                words.length < 3 ? 1 : Integer.parseInt(words[2]),
                words.length < 4 ? 0 : Integer.parseInt(words[3]));
    }

    /** @return its name in the results; it does not tell how many messages */
    String name() {
        String kindName = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.CONNECT || kind == Kind.DRAIN
                ? kindName
                : kindName + ":" + (persistent ? "persistent" : "direct") + ":" + number;
    }
}
