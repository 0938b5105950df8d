package gatepost.broker.selector;

import gatepost.broker.selector.Parts.Part;
import gatepost.broker.selector.Tokens.Kind;
import gatepost.broker.selector.Tokens.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a selector by the grammar of Jakarta Messaging; stops at the first thing that is not allowed. */
final class SelectorReader {

    private final SelectorLimits limits;
    private final Tokens tokens;
    private final Parts parts;
    private int nesting;
    private int wildcards;

    SelectorReader(String text, SelectorLimits limits, boolean converts) throws SelectorFault {
        this.limits = limits;
        tokens = new Tokens(text);
        parts = new Parts(limits, converts, tokens);
    }

    Term read() throws SelectorFault {
        Part all = any();
        if (tokens.peek().kind() != Kind.END) {
            throw new SelectorFault("found " + tokens.peek() + " after its end");
        }
        return parts.truth(all).term();
    }

    private Part any() throws SelectorFault {
        Part first = all();
        if (!tokens.peek().is("OR")) {
            return first;
        }
        List<Part> list = new ArrayList<>(List.of(parts.truth(first)));
        while (tokens.take("OR")) {
            list.add(parts.truth(all()));
        }
        return parts.joined(list, Boolean.TRUE);
    }

    private Part all() throws SelectorFault {
        Part first = negation();
        if (!tokens.peek().is("AND")) {
            return first;
        }
        List<Part> list = new ArrayList<>(List.of(parts.truth(first)));
        while (tokens.take("AND")) {
            list.add(parts.truth(negation()));
        }
        return parts.joined(list, Boolean.FALSE);
    }

    /** NOT is of the whole comparison after it; for ActiveMQ it is of the first header only, and {@code NOT a = 1} never true. */
    private Part negation() throws SelectorFault {
        if (!tokens.take("NOT")) {
            return equality();
        }
        nest();
        Part truth = parts.not(parts.truth(negation()));
        nesting--;
        return truth;
    }

    private Part equality() throws SelectorFault {
        Part left = comparison();
        while (true) {
            if (tokens.take("=")) {
                left = parts.equal(left, comparison());
            } else if (tokens.take("<>")) {
                left = parts.not(parts.equal(left, comparison()));
            } else if (tokens.take("IS")) {
                boolean not = tokens.take("NOT");
                tokens.expect("NULL");
                left = parts.isNull(left, not);
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
                left = parts.ordered(order, left, sum());
                continue;
            }
            boolean not = tokens.take("NOT");
            if (tokens.take("LIKE")) {
                left = parts.perhapsNot(not, like(left));
            } else if (tokens.take("BETWEEN")) {
                Part low = sum();
                tokens.expect("AND");
                left = parts.perhapsNot(
                        not,
                        parts.joined(
                                List.of(
                                        parts.ordered(Comparison.GREATER_OR_EQUAL, left, low),
                                        parts.ordered(Comparison.LESS_OR_EQUAL, left, sum())),
                                Boolean.FALSE));
            } else if (tokens.take("IN")) {
                left = parts.perhapsNot(not, in(left));
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
                left = parts.calculated(Arithmetic.PLUS, left, product());
            } else if (tokens.take("-")) {
                left = parts.calculated(Arithmetic.MINUS, left, product());
            } else {
                return left;
            }
        }
    }

    private Part product() throws SelectorFault {
        Part left = signed();
        while (true) {
            if (tokens.take("*")) {
                left = parts.calculated(Arithmetic.TIMES, left, signed());
            } else if (tokens.take("/")) {
                left = parts.calculated(Arithmetic.DIVIDED_BY, left, signed());
            } else if (tokens.take("%")) {
                left = parts.calculated(Arithmetic.MODULO, left, signed());
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
                return parts.negated(signed());
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
                return parts.constant(token.text(), Parts.Type.STRING);
            case NUMBER:
                return parts.constant(Numbers.of(token), Parts.Type.NUMBER);
            case NAME:
                if (tokens.peek().is("(")) {
                    throw new SelectorFault("there are no functions, found " + token);
                }
                return parts.header(token.text());
            default:
                break;
        }
        if (token.is("TRUE") || token.is("FALSE")) {
            return parts.constant(token.is("TRUE"), Parts.Type.TRUTH);
        }
        if (token.is("NULL")) {
            return parts.constant(null, Parts.Type.NULL);
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
        return parts.like(left, like);
    }

    private Part in(Part left) throws SelectorFault {
        if (left.type() != Parts.Type.HEADER) {
            throw new SelectorFault("IN is for headers only, before " + tokens.peek());
        }
        tokens.expect("(");
        Set<String> strings = new HashSet<>();
        do {
            strings.add(string("a string in the list of IN"));
        } while (tokens.take(","));
        tokens.expect(")");
        return parts.in(left, strings);
    }

    private String string(String what) throws SelectorFault {
        Token token = tokens.take();
        if (token.kind() != Kind.STRING) {
            throw new SelectorFault("expected " + what + ", found " + token);
        }
        return token.text();
    }

    /** Counted on the way in: a selector of parentheses alone would end the thread's stack before any part of it is read. */
    private void nest() throws SelectorFault {
        if (++nesting > limits.depth()) {
            throw parts.tooDeep();
        }
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
