package gatepost.broker.selector;

/** How two values of a selector compare: {@code null} where one of them is unknown, never an exception. */
enum Comparison {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** No number is written with more characters: a header of kilobytes is not parsed as one. */
    private static final int LONGEST_NUMBER = 40;

    /** @param convert whether a string is taken as the number or the truth that it is compared with: all headers of STOMP are strings */
    Boolean of(Object left, Object right, boolean convert) {
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof String a && right instanceof String b) {
            return is(a.compareTo(b));
        }
        if (left instanceof Boolean || right instanceof Boolean) {
            Boolean a = truth(left, convert);
            Boolean b = truth(right, convert);
            return this == EQUAL && a != null && a.equals(b);
        }
        Number a = number(left, convert);
        Number b = number(right, convert);
        return a != null && b != null && is(compare(a, b));
    }

    private boolean is(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /** @return a Long or a Double, or {@code null} when it is no number */
    static Number number(Object value, boolean convert) {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (convert && value instanceof String text && text.length() <= LONGEST_NUMBER) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                return real(text);
            }
        }
        return null;
    }

    private static Double real(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            // a header that is no number is equal to none
            return null;
        }
    }

    private static Boolean truth(Object value, boolean convert) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        return convert && value instanceof String text ? Boolean.valueOf(text) : null;
    }

    private static int compare(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return x.compareTo(y);
        }
        return Double.compare(a.doubleValue(), b.doubleValue());
    }
}
