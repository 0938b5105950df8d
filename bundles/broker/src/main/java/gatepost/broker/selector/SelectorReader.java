package gatepost.broker.selector;

import gatepost.broker.selector.Tokens.Kind;
import gatepost.broker.selector.Tokens.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.activemq.filter.PropertyExpression;

/** Reads a selector by the grammar of Jakarta Messaging; stops at the first thing that is not allowed. */
final class SelectorReader {

    /** What may stand where: a value, a truth, or a header, which may be either. */
    private enum Type { VALUE, NUMBER, STRING, TRUTH, HEADER, NULL }

    private record Part(Term term, Type type, int depth) {
    }

    private final SelectorLimits limits;
    private final boolean converts;
    private final Tokens tokens;
    private int nesting;
    private int wildcards;

    SelectorReader(String text, SelectorLimits limits, boolean converts) throws SelectorFault {
        this.limits = limits;
        this.converts = converts;
        tokens = new Tokens(text);
    }

    Term read() throws SelectorFault {
        Part all = any();
        if (tokens.peek().kind() != Kind.END) {
            throw new SelectorFault("found " + tokens.peek() + " after its end");
        }
        return truth(all).term();
    }

    private Part any() throws SelectorFault {
        Part first = all();
        if (!tokens.peek().is("OR")) {
            return first;
        }
        List<Part> parts = new ArrayList<>(List.of(truth(first)));
        while (tokens.take("OR")) {
            parts.add(truth(all()));
        }
        return joined(parts, Boolean.TRUE);
    }

    private Part all() throws SelectorFault {
        Part first = negation();
        if (!tokens.peek().is("AND")) {
            return first;
        }
        List<Part> parts = new ArrayList<>(List.of(truth(first)));
        while (tokens.take("AND")) {
            parts.add(truth(negation()));
        }
        return joined(parts, Boolean.FALSE);
    }

    /** @param decides the value of one part that makes it the value of all; without it one unknown part makes all unknown */
    private Part joined(List<Part> parts, Boolean decides) throws SelectorFault {
        Term[] terms = parts.stream().map(Part::term).toArray(Term[]::new);
        Boolean otherwise = !decides;
        return part(message -> {
            Boolean all = otherwise;
            for (Term term : terms) {
                Object value = term.value(message);
                if (decides.equals(value)) {
                    return decides;
                }
                if (value == null) {
                    all = null;
                }
            }
            return all;
        }, Type.TRUTH, parts.toArray(Part[]::new));
    }

    /** NOT is of the whole comparison after it; for ActiveMQ it is of the first header only, and {@code NOT a = 1} never true. */
    private Part negation() throws SelectorFault {
        if (!tokens.take("NOT")) {
            return equality();
        }
        nest();
        Part truth = not(truth(negation()));
        nesting--;
        return truth;
    }

    private Part equality() throws SelectorFault {
        Part left = comparison();
        while (true) {
            if (tokens.take("=")) {
                left = equal(left, comparison());
            } else if (tokens.take("<>")) {
                left = not(equal(left, comparison()));
            } else if (tokens.take("IS")) {
                boolean not = tokens.take("NOT");
                tokens.expect("NULL");
                Term term = left.term();
                left = part(message -> term.value(message) == null ^ not, Type.TRUTH, left);
            } else {
                return left;
            }
        }
    }

    private Part comparison() throws SelectorFault {
        Part left = sum();
        while (true) {
            Token next = tokens.peek();
            Comparison order = order(next);
            if (order != null) {
                tokens.take();
                left = ordered(order, left, sum());
                continue;
            }
            boolean not = tokens.take("NOT");
            if (tokens.take("LIKE")) {
                left = perhapsNot(not, like(left));
            } else if (tokens.take("BETWEEN")) {
                Part low = sum();
                tokens.expect("AND");
                left = perhapsNot(not, joined(List.of(ordered(Comparison.GREATER_OR_EQUAL, left, low),
                        ordered(Comparison.LESS_OR_EQUAL, left, sum())), Boolean.FALSE));
            } else if (tokens.take("IN")) {
                left = perhapsNot(not, in(left));
            } else if (not) {
                throw new SelectorFault("expected LIKE, BETWEEN or IN after NOT, found " + tokens.peek());
            } else {
                return left;
            }
        }
    }

    private Part sum() throws SelectorFault {
        Part left = product();
        while (true) {
            if (tokens.take("+")) {
                left = calculated(Arithmetic.PLUS, left, product());
            } else if (tokens.take("-")) {
                left = calculated(Arithmetic.MINUS, left, product());
            } else {
                return left;
            }
        }
    }

    private Part product() throws SelectorFault {
        Part left = signed();
        while (true) {
            if (tokens.take("*")) {
                left = calculated(Arithmetic.TIMES, left, signed());
            } else if (tokens.take("/")) {
                left = calculated(Arithmetic.DIVIDED_BY, left, signed());
            } else if (tokens.take("%")) {
                left = calculated(Arithmetic.MODULO, left, signed());
            } else {
                return left;
            }
        }
    }

    private Part signed() throws SelectorFault {
        nest();
        try {
            if (tokens.take("+")) {
                return signed();
            }
            if (tokens.take("-")) {
                Part number = value(signed());
                Term term = number.term();
                return part(message -> Arithmetic.negated(term.value(message), converts), Type.NUMBER, number);
            }
            return primary();
        } finally {
            nesting--;
        }
    }

    private Part primary() throws SelectorFault {
        Token token = tokens.take();
        switch (token.kind()) {
            case STRING:
                return constant(token.text(), Type.STRING);
            case NUMBER:
                return constant(Numbers.of(token), Type.NUMBER);
            case NAME:
                if (tokens.peek().is("(")) {
                    throw new SelectorFault("there are no functions, found " + token);
                }
                PropertyExpression header = new PropertyExpression(token.text());
                return part(message -> header.evaluate(message.message()), Type.HEADER);
            default:
                break;
        }
        if (token.is("TRUE") || token.is("FALSE")) {
            return constant(token.is("TRUE"), Type.TRUTH);
        }
        if (token.is("NULL")) {
            return constant(null, Type.NULL);
        }
        if (token.is("(")) {
            Part inner = any();
            tokens.expect(")");
            return inner;
        }
        if (token.is("XPATH") || token.is("XQUERY")) {
            throw new SelectorFault("there is no XPATH or XQUERY, found " + token);
        }
        throw new SelectorFault("found " + token + " where a header, a string or a number was expected");
    }

    private Part like(Part left) throws SelectorFault {
        String pattern = string("the pattern of LIKE");
        Integer escape = null;
        if (tokens.take("ESCAPE")) {
            String text = string("the character of ESCAPE");
            if (text.codePointCount(0, text.length()) != 1) {
                throw new SelectorFault("ESCAPE '" + text + "' is not one character");
            }
            escape = text.codePointAt(0);
        }
        Like like = new Like(pattern, escape);
        wildcards += like.wildcards();
        if (wildcards > limits.wildcards()) {
            throw new SelectorFault("its LIKE patterns have more than " + limits.wildcards() + " wildcards");
        }
        Term term = value(left).term();
        return part(message -> {
            Object value = term.value(message);
            return value == null ? null : (Boolean) (value instanceof String text && like.matches(text, message));
        }, Type.TRUTH, left);
    }

    private Part in(Part left) throws SelectorFault {
        if (left.type() != Type.HEADER) {
            throw new SelectorFault("IN is for headers only, before " + tokens.peek());
        }
        tokens.expect("(");
        Set<String> strings = new HashSet<>();
        do {
            strings.add(string("a string in the list of IN"));
        } while (tokens.take(","));
        tokens.expect(")");
        Term term = left.term();
        return part(message -> {
            Object value = term.value(message);
            return value instanceof String text ? (Boolean) strings.contains(text) : null;
        }, Type.TRUTH, left);
    }

    private String string(String what) throws SelectorFault {
        Token token = tokens.take();
        if (token.kind() != Kind.STRING) {
            throw new SelectorFault("expected " + what + ", found " + token);
        }
        return token.text();
    }

    private Part equal(Part left, Part right) throws SelectorFault {
        if (left.type() == Type.NULL || right.type() == Type.NULL) {
            throw new SelectorFault("nothing is equal to NULL: expected IS NULL or IS NOT NULL");
        }
        return compared(Comparison.EQUAL, left, right);
    }

    private Part ordered(Comparison order, Part left, Part right) throws SelectorFault {
        for (Part part : List.of(left, right)) {
            if (part.type() == Type.STRING || part.type() == Type.TRUTH || part.type() == Type.NULL) {
                throw new SelectorFault("only numbers are less or greater, found another before " + tokens.peek());
            }
        }
        return compared(order, left, right);
    }

    private Part compared(Comparison how, Part left, Part right) throws SelectorFault {
        Term a = left.term();
        Term b = right.term();
        return part(message -> how.of(a.value(message), b.value(message), converts), Type.TRUTH, left, right);
    }

    private Part calculated(Arithmetic how, Part left, Part right) throws SelectorFault {
        Term a = number(left).term();
        Term b = number(right).term();
        return part(message -> how.of(a.value(message), b.value(message), converts), Type.NUMBER, left, right);
    }

    private Part perhapsNot(boolean not, Part truth) throws SelectorFault {
        return not ? not(truth) : truth;
    }

    private Part not(Part truth) throws SelectorFault {
        Term term = truth.term();
        return part(message -> term.value(message) instanceof Boolean value ? (Boolean) !value : null, Type.TRUTH, truth);
    }

    private Part truth(Part part) throws SelectorFault {
        if (part.type() == Type.TRUTH) {
            return part;
        }
        if (part.type() != Type.HEADER) {
            throw new SelectorFault("expected a comparison before " + tokens.peek());
        }
        Term term = part.term();
        return part(message -> {
            Object value = term.value(message);
            return value == null ? null : (Boolean) Boolean.TRUE.equals(value);
        }, Type.TRUTH, part);
    }

    private Part value(Part part) throws SelectorFault {
        if (part.type() == Type.TRUTH || part.type() == Type.NULL) {
            throw new SelectorFault("expected a value before " + tokens.peek());
        }
        return part;
    }

    private Part number(Part part) throws SelectorFault {
        if (part.type() == Type.STRING) {
            throw new SelectorFault("only numbers can be calculated with, found a string before " + tokens.peek());
        }
        return value(part);
    }

    private Part constant(Object value, Type type) throws SelectorFault {
        return part(message -> value, type);
    }

    private Part part(Term term, Type type, Part... within) throws SelectorFault {
        int depth = 1;
        for (Part part : within) {
            depth = Math.max(depth, part.depth() + 1);
        }
        if (depth > limits.depth()) {
            throw tooDeep();
        }
        return new Part(term, type, depth);
    }

    /** Counted on the way in: a selector of parentheses alone would end the thread's stack before any part of it is read. */
    private void nest() throws SelectorFault {
        if (++nesting > limits.depth()) {
            throw tooDeep();
        }
    }

    private SelectorFault tooDeep() {
        return new SelectorFault("it is nested more than " + limits.depth() + " deep");
    }

    private static Comparison order(Token token) {
        if (token.kind() != Kind.SIGN) {
            return null;
        }
        return switch (token.text()) {
            case "<" -> Comparison.LESS;
            case "<=" -> Comparison.LESS_OR_EQUAL;
            case ">" -> Comparison.GREATER;
            case ">=" -> Comparison.GREATER_OR_EQUAL;
            default -> null;
        };
    }
}
