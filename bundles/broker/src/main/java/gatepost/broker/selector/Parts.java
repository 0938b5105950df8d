package gatepost.broker.selector;

import java.util.List;
import java.util.Set;
import org.apache.activemq.filter.PropertyExpression;

/** Makes the parts of a selector out of smaller ones; refuses what cannot stand together, and what is nested too deep. */
final class Parts {

    /** What may stand where: a value, a truth, or a header, which may be either. */
    enum Type {
        VALUE,
        NUMBER,
        STRING,
        TRUTH,
        HEADER,
        NULL
    }

    record Part(Term term, Type type, int depth) {}

    private final SelectorLimits limits;
    private final boolean converts;
    private final Tokens tokens;

    /** @param tokens where the reader is, for faults */
    Parts(SelectorLimits limits, boolean converts, Tokens tokens) {
        this.limits = limits;
        this.converts = converts;
        this.tokens = tokens;
    }

    Part header(String name) throws SelectorFault {
        PropertyExpression header = new PropertyExpression(name);
        return part(message -> header.evaluate(message.message()), Type.HEADER);
    }

    Part negated(Part part) throws SelectorFault {
        Term term = value(part).term();
        return part(message -> Arithmetic.negated(term.value(message), converts), Type.NUMBER, part);
    }

    Part isNull(Part left, boolean not) throws SelectorFault {
        Term term = left.term();
        return part(message -> term.value(message) == null ^ not, Type.TRUTH, left);
    }

    Part like(Part left, Like like) throws SelectorFault {
        Term term = value(left).term();
        return part(
                message -> {
                    Object value = term.value(message);
                    return value == null
                            ? null
                            : (Boolean) (value instanceof String text && like.matches(text, message));
                },
                Type.TRUTH,
                left);
    }

    Part in(Part left, Set<String> strings) throws SelectorFault {
        Term term = left.term();
        return part(
                message -> {
                    Object value = term.value(message);
                    return value instanceof String text ? (Boolean) strings.contains(text) : null;
                },
                Type.TRUTH,
                left);
    }

    /** @param decides the value of one part that makes it the value of all; without it one unknown part makes all unknown */
    Part joined(List<Part> parts, Boolean decides) throws SelectorFault {
        Term[] terms = parts.stream().map(Part::term).toArray(Term[]::new);
        Boolean otherwise = !decides;
        return part(
                message -> {
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
                },
                Type.TRUTH,
                parts.toArray(Part[]::new));
    }

    Part equal(Part left, Part right) throws SelectorFault {
        if (left.type() == Type.NULL || right.type() == Type.NULL) {
            throw new SelectorFault("nothing is equal to NULL: expected IS NULL or IS NOT NULL");
        }
        return compared(Comparison.EQUAL, left, right);
    }

    Part ordered(Comparison order, Part left, Part right) throws SelectorFault {
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

    Part calculated(Arithmetic how, Part left, Part right) throws SelectorFault {
        Term a = number(left).term();
        Term b = number(right).term();
        return part(message -> how.of(a.value(message), b.value(message), converts), Type.NUMBER, left, right);
    }

    Part perhapsNot(boolean not, Part truth) throws SelectorFault {
        return not ? not(truth) : truth;
    }

    Part not(Part truth) throws SelectorFault {
        Term term = truth.term();
        return part(
                message -> term.value(message) instanceof Boolean value ? (Boolean) !value : null, Type.TRUTH, truth);
    }

    Part truth(Part part) throws SelectorFault {
        if (part.type() == Type.TRUTH) {
            return part;
        }
        if (part.type() != Type.HEADER) {
            throw new SelectorFault("expected a comparison before " + tokens.peek());
        }
        Term term = part.term();
        return part(
                message -> {
                    Object value = term.value(message);
                    return value == null ? null : (Boolean) Boolean.TRUE.equals(value);
                },
                Type.TRUTH,
                part);
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

    Part constant(Object value, Type type) throws SelectorFault {
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

    SelectorFault tooDeep() {
        return new SelectorFault("it is nested more than " + limits.depth() + " deep");
    }
}
