package gatepost.broker.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikeTest {

    private static final String LETTERS = "ab%_!\u00fc\ud83d\ude00";

    @ParameterizedTest
    @CsvSource({
        "12%3,123,true",
        "12%3,12993,true",
        "12%3,1234,false",
        "l_se,lose,true",
        "l_se,loose,false",
        "'','',true",
        "'',a,false",
        "%,'',true",
        "%%a,a,true",
        "_,'',false",
        "a%b%c,abbbc,true",
        "a.b,axb,false",
        "[a],a,false"
    })
    void percentIsAnyNumberOfCharactersAndUnderscoreIsOne(String pattern, String value, boolean matches) {
        assertEquals(matches, matches(pattern, null, value));
    }

    @ParameterizedTest
    @CsvSource({"!_%,_foo,true", "!_%,bar,false", "100!%,100%,true", "100!%,1000,false", "!!,!,true", "!a,!a,true"})
    void whatIsEscapedStandsForItself(String pattern, String value, boolean matches) {
        assertEquals(matches, matches(pattern, (int) '!', value));
    }

    /** The oracle tries every way, which is right and slow. */
    @Test
    void itSaysTheSameAsTryingEveryWay() {
        Random random = new Random(19);
        for (int i = 0; i < 50_000; i++) {
            int[] pattern = word(random, 10);
            int[] value = word(random, 12);
            Integer escape = random.nextInt(3) == 0 ? (int) '!' : null;
            assertEquals(
                    oracle(pattern, 0, escape, value, 0),
                    matches(text(pattern), escape, text(value)),
                    () -> text(pattern) + " of " + text(value) + (escape == null ? "" : " with !"));
        }
    }

    /** More than 64 places are more than one word of bits. */
    @Test
    void longPatternsAreTheSame() {
        String half = "abcdefghij".repeat(10);
        assertEquals(true, matches(half + "%_" + half, null, half + "xyz" + half));
        assertEquals(false, matches(half + "%_" + half, null, half + half));
        assertEquals(true, matches("%" + half + "%", null, "x".repeat(500) + half + "y".repeat(500)));
    }

    /** ActiveMQ's needs longer than anybody lives for this. */
    @Test
    void aPatternOfManyWildcardsTakesNoLongerThanOneOfFew() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertFalse(matches("%a".repeat(30) + "%b", null, "a".repeat(100_000))));
    }

    private static boolean matches(String pattern, Integer escape, String value) {
        return new Like(pattern, escape).matches(value, new Evaluation(null, Integer.MAX_VALUE));
    }

    private static boolean oracle(int[] pattern, int p, Integer escape, int[] value, int v) {
        if (p == pattern.length) {
            return v == value.length;
        }
        boolean escaped = escape != null
                && pattern[p] == escape
                && p + 1 < pattern.length
                && (pattern[p + 1] == '%' || pattern[p + 1] == '_' || pattern[p + 1] == escape);
        if (!escaped && pattern[p] == '%') {
            return oracle(pattern, p + 1, escape, value, v)
                    || v < value.length && oracle(pattern, p, escape, value, v + 1);
        }
        int wanted = escaped ? pattern[p + 1] : pattern[p];
        boolean one = v < value.length && (!escaped && wanted == '_' || value[v] == wanted);
        return one && oracle(pattern, p + (escaped ? 2 : 1), escape, value, v + 1);
    }

    private static int[] word(Random random, int longest) {
        int[] letters = LETTERS.codePoints().toArray();
        return random.ints(random.nextInt(longest + 1), 0, letters.length)
                .map(i -> letters[i])
                .toArray();
    }

    private static String text(int[] characters) {
        return new String(characters, 0, characters.length);
    }
}
