package gatepost.broker.selector;

import java.util.Locale;
import java.util.Set;

/** The words of a selector, one after the other; looks one word ahead. */
final class Tokens {

    enum Kind {
        WORD,
        NAME,
        STRING,
        NUMBER,
        SIGN,
        END
    }

    /**
     * @param text of a reserved word in capitals, of a string without its quotes
     * @param at the place in the selector, from 1
     */
    record Token(Kind kind, String text, int at) {

        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
        }

        /** @return what it is called in an error */
        @Override
        public String toString() {
            return kind == Kind.END ? "the end" : "'" + text + "' at " + at;
        }
    }

    private static final Set<String> RESERVED = Set.of(
            "NOT", "AND", "OR", "BETWEEN", "LIKE", "ESCAPE", "IN", "IS", "TRUE", "FALSE", "NULL", "XPATH", "XQUERY");
    private static final Set<String> LONG_SIGNS = Set.of("<>", "<=", ">=");
    private static final String SIGNS = "=<>+-*/%(),";

    private final String text;
    private int at;
    private Token next;

    Tokens(String text) throws SelectorFault {
        this.text = text;
        next = read();
    }

    Token peek() {
        return next;
    }

    Token take() throws SelectorFault {
        Token taken = next;
        next = read();
        return taken;
    }

    /** @return whether the next word was this one, and was taken */
    boolean take(String word) throws SelectorFault {
        if (!next.is(word)) {
            return false;
        }
        next = read();
        return true;
    }

    void expect(String word) throws SelectorFault {
        if (!take(word)) {
            throw new SelectorFault("expected " + word + ", found " + next);
        }
    }

    private Token read() throws SelectorFault {
        while (at < text.length() && " \t\n\r\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Kind.END, "", at + 1);
        }
        int start = at;
        char first = text.charAt(at);
        if (first == '\'') {
            return new Token(Kind.STRING, string(), start + 1);
        }
        if (isDigit(first) || first == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            return new Token(Kind.NUMBER, number(), start + 1);
        }
        if (Character.isJavaIdentifierStart(first)) {
            return word(start);
        }
        String two = text.substring(at, Math.min(text.length(), at + 2));
        String sign = LONG_SIGNS.contains(two) ? two : two.substring(0, 1);
        if (SIGNS.indexOf(first) < 0) {
            throw new SelectorFault("found '" + sign + "' at " + (start + 1));
        }
        at += sign.length();
        return new Token(Kind.SIGN, sign, start + 1);
    }

    private Token word(int start) {
        while (at < text.length()
                && Character.isJavaIdentifierPart(text.charAt(at))
                && !Character.isIdentifierIgnorable(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        String upper = word.toUpperCase(Locale.ROOT);
        return RESERVED.contains(upper)
                ? new Token(Kind.WORD, upper, start + 1)
                : new Token(Kind.NAME, word, start + 1);
    }

    private String string() throws SelectorFault {
        StringBuilder string = new StringBuilder();
        int from = at + 1;
        while (true) {
            int quote = text.indexOf('\'', from);
            if (quote < 0) {
                throw new SelectorFault("the string at " + (at + 1) + " has no end");
            }
            string.append(text, from, quote);
            if (quote + 1 == text.length() || text.charAt(quote + 1) != '\'') {
                at = quote + 1;
                return string.toString();
            }
            string.append('\'');
            from = quote + 2;
        }
    }

    private String number() {
        int start = at;
        while (at < text.length() && isPartOfNumber(start)) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A sign belongs to a number only after the E of one that is not hexadecimal. */
    private boolean isPartOfNumber(int start) {
        char c = text.charAt(at);
        if (c == '+' || c == '-') {
            char before = text.charAt(at - 1);
            return (before == 'e' || before == 'E') && !text.regionMatches(true, start, "0x", 0, 2);
        }
        return c == '.' || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
