package gatepost.transport.session;

import gatepost.transport.frame.Frame;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Numbers and flags in headers. A client's language writes them as it likes: {@code True} in Python, {@code 4.0} where every
 * number is a float. What is behind the point of a number is cut off.
 */
final class HeaderValues {

    /** Few digits of an exponent: {@code 1e999999999} would be written out digit by digit. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,20}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{1,2})?");

    private HeaderValues() {}

    /** @return the header's number, {@code absent} where there is no such header */
    static long number(Frame frame, String name, long min, long max, long absent) throws Refusal {
        String value = frame.header(name);
        return value == null ? absent : number(name, value, min, max);
    }

    /** @throws Refusal naming the header, its value and what was expected */
    static long number(String name, String value, long min, long max) throws Refusal {
        OptionalLong number = number(value, min, max);
        if (number.isEmpty()) {
            throw bad(name, value, "a number from " + min + " to " + max);
        }
        return number.getAsLong();
    }

    /** @return nothing when it is no number, or none in the range */
    static OptionalLong number(String value, long min, long max) {
        String text = value.trim();
        if (!NUMBER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        BigInteger number = new BigDecimal(text).toBigInteger();
        boolean inRange =
                number.compareTo(BigInteger.valueOf(min)) >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0;
        return inRange ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    /** @return whether the header says true, {@code absent} where there is no such header */
    static boolean flag(Frame frame, String name, boolean absent) throws Refusal {
        String value = frame.header(name);
        return value == null ? absent : flag(name, value);
    }

    /** @throws Refusal naming the header, its value and what was expected */
    static boolean flag(String name, String value) throws Refusal {
        String text = value.trim();
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw bad(name, value, "true or false");
    }

    static Refusal bad(String name, String value, String expected) {
        return new Refusal("the header " + name + ":" + value + " cannot be used: expected " + expected);
    }
}
