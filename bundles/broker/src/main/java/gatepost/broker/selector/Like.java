package gatepost.broker.selector;

import java.util.HashMap;
import java.util.Map;

/**
 * A LIKE pattern. All places of the pattern that the value may have reached are followed at once, one bit for each: the time is
 * the length of the value times that of the pattern by 64, whatever they are. ActiveMQ's is a regular expression, which tries one
 * way after the other: {@code '%a%a%a%b'} keeps a thread for years.
 */
final class Like {

    private static final int NO_ESCAPE = -1;

    private final int places;
    /** Bit i: the pattern has a {@code %} before its place i, so whoever is there may stay. */
    private final long[] stay;
    /** Bit i: any character leads on from place i. */
    private final long[] any;
    /** Bit i: this character leads on from place i. */
    private final Map<Integer, long[]> on = new HashMap<>();

    private final int wildcards;

    /** @param escape a character after which {@code %}, {@code _} and itself stand for themselves, or {@code null} */
    Like(String pattern, Integer escape) {
        int[] characters = pattern.codePoints().toArray();
        int words = characters.length / Long.SIZE + 1;
        stay = new long[words];
        any = new long[words];
        int quote = escape == null ? NO_ESCAPE : escape;
        int place = 0;
        int wild = 0;
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            boolean quoted = character == quote && i + 1 < characters.length && isSpecial(characters[i + 1], quote);
            if (!quoted && character == '%') {
                set(stay, place);
                wild++;
                continue;
            }
            if (!quoted && character == '_') {
                set(any, place);
                wild++;
            } else {
                set(on.computeIfAbsent(quoted ? characters[++i] : character, same -> new long[words]), place);
            }
            place++;
        }
        places = place;
        wildcards = wild;
        on.values().forEach(bits -> {
            for (int word = 0; word < words; word++) {
                bits[word] |= any[word];
            }
        });
    }

    int wildcards() {
        return wildcards;
    }

    boolean matches(String value, Evaluation message) {
        long[] reached = new long[stay.length];
        set(reached, 0);
        for (int i = 0; i < value.length(); ) {
            int character = value.codePointAt(i);
            i += Character.charCount(character);
            message.spend(reached.length);
            if (!advance(reached, on.getOrDefault(character, any))) {
                return false;
            }
        }
        return (reached[places / Long.SIZE] >>> places & 1) != 0;
    }

    /** @return whether any place is left */
    private boolean advance(long[] reached, long[] leadsOn) {
        long carry = 0;
        long left = 0;
        for (int word = 0; word < reached.length; word++) {
            long moved = reached[word] & leadsOn[word];
            reached[word] = moved << 1 | carry | reached[word] & stay[word];
            carry = moved >>> Long.SIZE - 1;
            left |= reached[word];
        }
        return left != 0;
    }

    private static boolean isSpecial(int character, int escape) {
        return character == '%' || character == '_' || character == escape;
    }

    private static void set(long[] bits, int bit) {
        bits[bit / Long.SIZE] |= 1L << bit;
    }
}
