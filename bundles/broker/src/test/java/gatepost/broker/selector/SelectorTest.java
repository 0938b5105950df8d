package gatepost.broker.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.filter.MessageEvaluationContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {

    private static final String CONVERTS = "convert_string_expressions:";
    private static final SelectorLimits LIMITS = new SelectorLimits(2_048, 32, 16, 50_000);
    private static final Map<String, Object> HEADERS =
            Map.of("colour", "red", "size", "10", "weight", "2.5", "urgent", true, "note", "it's", "n", 7);

    private final LongAdder exhausted = new LongAdder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour = 'red'",
                "colour <> 'blue'",
                "NOT colour = 'blue'",
                "size > 9",
                "size >= 10",
                "size < 10.5",
                "weight = 2.5",
                "size + 1 > 10",
                "2 * weight = 5",
                "-n = -7",
                "- -n = 7",
                "n / 2 = 3.5",
                "n % 4 = 3",
                "n - 1 = 6",
                "colour LIKE 'r%'",
                "colour NOT LIKE 'b%'",
                "colour LIKE 'r__'",
                "colour IN ('blue', 'red')",
                "colour NOT IN ('blue')",
                "size BETWEEN 9 AND 11",
                "size NOT BETWEEN 1 AND 3",
                "shape IS NULL",
                "colour IS NOT NULL",
                "urgent",
                "urgent = TRUE",
                "NOT (colour = 'blue' OR size > 11)",
                "colour = 'blue' OR size = 10 AND n = 7",
                "note = 'it''s'",
                "TRUE",
                "1 = 1",
                "n = 0x7 AND n = 07 AND n = 7L AND n = 7e0",
                "colour like 'R%' or COLOUR is null",
                "JMSPriority = 4",
                "size = '10'",
                "colour = 'red' = TRUE",
                "(((colour)) = (('red')))"
            })
    void matches(String selector) throws Exception {
        assertTrue(matchesWith(selector));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour = 'blue'",
                "shape = 'round'",
                "shape <> 'round'",
                "NOT shape = 'round'",
                "shape LIKE '%'",
                "shape NOT LIKE '%'",
                "shape IN ('a')",
                "shape NOT IN ('a')",
                "shape > 1",
                "shape NOT BETWEEN 1 AND 2",
                "colour > 1",
                "colour + 1 > 0",
                "colour",
                "NOT urgent",
                "n LIKE '7'",
                "size > 11",
                "FALSE",
                "1 = 0",
                "(colour = 'red') AND 1=0",
                "n / 0 = 1",
                "urgent > n",
                "shape = 'a' AND colour = 'red'",
                "n = 7 AND NULL_ = 1"
            })
    void doesNotMatch(String selector) throws Exception {
        assertFalse(matchesWith(selector));
    }

    @Test
    void aStringIsNoNumberUnlessItIsAskedFor() throws Exception {
        assertFalse(Selector.of("size > 9", LIMITS, exhausted).matches(message()));
        assertTrue(Selector.of("n > 6", LIMITS, exhausted).matches(message()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REPLACE(colour,'a','b') = 'x'            | there are no functions, found 'REPLACE' at 1",
                "a = 1 AND REGEX('.*', colour)            | there are no functions, found 'REGEX' at 11",
                "XPATH '//a'                              | there is no XPATH or XQUERY, found 'XPATH' at 1",
                "not xquery 'a'                           | there is no XPATH or XQUERY, found 'XQUERY' at 5",
                "size >                                   | found the end where a header",
                "colour = 'red                            | the string at 10 has no end",
                "colour                'red'              | found 'red' at 23 after its end",
                "(colour = 'red'                          | expected ), found the end",
                "colour = 'red')                          | found ')' at 15 after its end",
                "5                                        | expected a comparison before the end",
                "colour < 'red'                           | only numbers are less or greater",
                "colour = NULL                            | expected IS NULL",
                "colour LIKE red                          | expected the pattern of LIKE, found 'red'",
                "colour LIKE 'a' ESCAPE 'ab'              | is not one character",
                "colour IN ()                             | expected a string in the list of IN",
                "'a' IN ('a')                             | IN is for headers only",
                "colour NOT 'a'                           | expected LIKE, BETWEEN or IN after NOT",
                "a = 1x                                   | there is no such number: '1x'",
                "a = 99999999999999999999                 | there is no such number",
                "a = 09                                   | there is no such number",
                "a ; b                                    | found ';' at 3",
                "'a' + 1 = 2                              | only numbers can be calculated with"
            })
    void whatIsWrongIsSaidWithItsPlace(String selector, String fault) {
        SelectorFault refusal = assertThrows(SelectorFault.class, () -> read(selector.strip()));
        assertTrue(refusal.getMessage().startsWith("the selector is refused: "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(fault.strip()), refusal.getMessage());
    }

    @Test
    void lengthDepthAndWildcardsAreBounded() throws Exception {
        read("colour = '" + "x".repeat(2_048 - 11) + "'");
        assertFault("2049 characters, at most 2048", "colour = '" + "x".repeat(2_048 - 10) + "'");
        read("(".repeat(31) + "TRUE" + ")".repeat(31));
        assertFault("more than 32 deep", "(".repeat(32) + "TRUE" + ")".repeat(32));
        assertFault("more than 32 deep", "NOT ".repeat(400) + "TRUE");
        assertFault("more than 32 deep", "- ".repeat(900) + "n = 1");
        assertFault("more than 32 deep", "n" + " + 1".repeat(40) + " = 1");
        assertFault("more than 32 deep", "n" + " = n".repeat(40));
        read("colour LIKE '%_%_%_%_' OR colour LIKE '%_%_%_%_'");
        assertFault("more than 16 wildcards", "colour LIKE '%_%_%_%_' OR colour LIKE '%_%_%_%_%'");
        read("TRUE" + " AND TRUE".repeat(200));
    }

    /** 100,000 parentheses end the stack of a parser that counts too late. */
    @Test
    void whatIsNestedTooDeepIsRefusedHoweverLongASelectorMayBe() {
        SelectorLimits wide = new SelectorLimits(1_000_000, 32, 16, 50_000);
        assertThrows(SelectorFault.class, () -> Selector.of("(".repeat(100_000), wide, exhausted));
        assertThrows(SelectorFault.class, () -> Selector.of("NOT ".repeat(100_000), wide, exhausted));
    }

    @Test
    void aMessageThatTakesTooMuchWorkDoesNotMatchAndIsCounted() throws Exception {
        Selector selector = read("colour LIKE '%x' OR colour LIKE '%y' OR TRUE");
        ActiveMQMessage large = new ActiveMQMessage();
        large.setStringProperty("colour", "a".repeat(40_000));
        MessageEvaluationContext context = new MessageEvaluationContext();
        context.setMessageReference(large);

        assertFalse(selector.matches(context));
        assertEquals(1, exhausted.sum());
        assertTrue(selector.matches(message()));
    }

    /** Neither the reader nor the result ever throws anything else, and what is read is evaluated. */
    @Test
    void whateverIsSentIsReadOrRefused() throws Exception {
        String[] words = {
            "colour",
            "size",
            "n",
            "shape",
            "urgent",
            "'red'",
            "'%a_'",
            "1",
            "0x",
            "2.5e",
            "=",
            "<>",
            "<",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "(",
            ")",
            ",",
            "AND",
            "OR",
            "NOT",
            "LIKE",
            "ESCAPE",
            "IN",
            "IS",
            "NULL",
            "BETWEEN",
            "TRUE",
            "XPATH",
            "'",
            ";",
            "\u0000",
            "\ud83d",
            "REPLACE("
        };
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = String.join(
                    " ",
                    IntStream.range(0, random.nextInt(9))
                            .mapToObj(word -> words[random.nextInt(words.length)])
                            .toArray(String[]::new));
            try {
                read(text).matches(message());
                read++;
            } catch (SelectorFault e) {
                assertTrue(e.getMessage().length() < 300, e.getMessage());
            }
        }
        assertTrue(read > 500, read + " of them were read");
    }

    private void assertFault(String fault, String selector) {
        SelectorFault refusal = assertThrows(SelectorFault.class, () -> read(selector));
        assertTrue(refusal.getMessage().contains(fault), refusal.getMessage());
    }

    private boolean matchesWith(String selector) throws Exception {
        return read(selector).matches(message());
    }

    private Selector read(String selector) throws SelectorFault {
        return Selector.of(CONVERTS + selector, LIMITS, exhausted);
    }

    private static MessageEvaluationContext message() throws Exception {
        ActiveMQMessage message = new ActiveMQMessage();
        for (Map.Entry<String, Object> header : HEADERS.entrySet()) {
            message.setObjectProperty(header.getKey(), header.getValue());
        }
        message.setJMSPriority(4);
        MessageEvaluationContext context = new MessageEvaluationContext();
        context.setMessageReference(message);
        return context;
    }
}
