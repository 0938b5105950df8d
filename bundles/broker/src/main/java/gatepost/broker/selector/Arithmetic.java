package gatepost.broker.selector;

/** What two numbers make: {@code null} where one of them is unknown or no number, never an exception. */
enum Arithmetic {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY,
    MODULO;

    Number of(Object left, Object right, boolean convert) {
        Number a = Comparison.number(left, convert);
        Number b = Comparison.number(right, convert);
        if (a == null || b == null) {
            return null;
        }
        if (a instanceof Long x && b instanceof Long y) {
            switch (this) {
                case PLUS:
                    return x + y;
                case MINUS:
                    return x - y;
                case TIMES:
                    return x * y;
                default:
                    break;
            }
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        return switch (this) {
            case PLUS -> x + y;
            case MINUS -> x - y;
            case TIMES -> x * y;
            case DIVIDED_BY -> x / y;
            case MODULO -> x % y;
        };
    }

    static Number negated(Object value, boolean convert) {
        Number number = Comparison.number(value, convert);
        if (number == null) {
            return null;
        }
        return number instanceof Long whole ? (Number) (-whole) : (Number) (-number.doubleValue());
    }
}
