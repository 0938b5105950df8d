package gatepost.authorization;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A file whose every value is quoted or bracketed is read as typed, and a bracketed line then comes as an array. Its elements
 * are the words of the line.
 */
final class TypedValue {

    private TypedValue() {}

    /** @return the line as it is written in a plain file */
    static String text(Object value) {
        if (value instanceof Collection<?> collection) {
            return String.join(" ", collection.stream().map(String::valueOf).toList());
        }
        if (value.getClass().isArray()) {
            List<String> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(String.valueOf(Array.get(value, i)));
            }
            return String.join(" ", elements);
        }
        return value.toString();
    }
}
