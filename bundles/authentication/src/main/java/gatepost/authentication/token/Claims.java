package gatepost.authentication.token;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The claims of a token (RFC 7519, section 4.1), each of the one type that it is defined with. */
record Claims(Map<String, Object> values) {

    private static final double YEAR_10000 = 253_402_300_800.0;

    /** @return the text; empty when the claim is absent */
    String text(String name) throws TokenRefused {
        Object value = values.get(name);
        if (value != null && !(value instanceof String)) {
            throw new TokenRefused(name + " is not a string");
        }
        return value == null ? "" : (String) value;
    }

    /** @return the elements of an array of strings, none when the claim is absent */
    Set<String> list(String name) throws TokenRefused {
        Object value = values.get(name);
        Set<String> list = new LinkedHashSet<>();
        if (value == null) {
            return list;
        }
        if (!(value instanceof Collection<?> elements)) {
            throw new TokenRefused(name + " is not an array");
        }
        for (Object element : elements) {
            if (!(element instanceof String text)) {
                throw new TokenRefused(name + " holds something that is not a string");
            }
            list.add(text);
        }
        return list;
    }

    /** @return the elements of an array of strings, or the one string, as {@code aud} may be either */
    Set<String> listOrText(String name) throws TokenRefused {
        return values.get(name) instanceof String text ? Set.of(text) : list(name);
    }

    /** @return a NumericDate: seconds since 1970, which may have a fraction (RFC 7519, section 2) */
    Optional<Instant> date(String name) throws TokenRefused {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Number number) || !(number.doubleValue() >= 0 && number.doubleValue() < YEAR_10000)) {
            throw new TokenRefused(name + " is not a number of seconds");
        }
        return Optional.of(Instant.ofEpochMilli((long) (number.doubleValue() * 1000)));
    }
}
