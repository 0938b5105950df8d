package gatepost.broker.selector;

import gatepost.broker.selector.Tokens.Token;
import java.util.Locale;

/** The numbers that a selector may name: whole, hexadecimal, octal and with a point or an exponent, as in Java. */
final class Numbers {

    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;

    private Numbers() {}

    static Number of(Token token) throws SelectorFault {
        String text = token.text();
        boolean hexadecimal = text.regionMatches(true, 0, "0x", 0, 2);
        String digits = !hexadecimal && text.toLowerCase(Locale.ROOT).endsWith("l")
                ? text.substring(0, text.length() - 1)
                : text;
        try {
            if (hexadecimal) {
                return Long.valueOf(text.substring(2), HEXADECIMAL);
            }
            if (digits.chars().allMatch(Character::isDigit)) {
                return digits.startsWith("0") ? Long.valueOf(digits, OCTAL) : Long.valueOf(digits);
            }
            if (digits.equals(text) && text.chars().noneMatch(c -> "dDfFxXpP".indexOf(c) >= 0)) {
                return Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new SelectorFault("there is no such number: " + token);
    }
}
