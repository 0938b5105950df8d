package gatepost.api.request;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the address of a call says: names in its path, and in its query. Immutable. */
public final class Parameters {

    /** Of a number that a long can hold. */
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String> values;

    Parameters(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** @throws CallRefused when it cannot be read, or has a name twice */
    public static Map<String, String> query(String text) throws CallRefused {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equal = pair.indexOf('=');
            String name = Encoded.decode(equal < 0 ? pair : pair.substring(0, equal), true);
            String value = equal < 0 ? "" : Encoded.decode(pair.substring(equal + 1), true);
            if (query.put(name, value) != null) {
                throw new CallRefused(Reason.MALFORMED, "the address has " + name + " twice: expected it once", name);
            }
        }
        return query;
    }

    /** @throws CallRefused for one that means nothing here: it must not seem to mean something */
    public Parameters requireKnown(Set<String> known) throws CallRefused {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new CallRefused(
                        Reason.UNUSABLE,
                        "the parameter " + name + " is unknown: expected "
                                + (known.isEmpty()
                                        ? "none"
                                        : "one of "
                                                + String.join(
                                                        ", ",
                                                        known.stream().sorted().toList())),
                        name);
            }
        }
        return this;
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public String required(String name, String expected) throws CallRefused {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw new CallRefused(Reason.UNUSABLE, "the parameter " + name + " is missing: expected " + expected, name);
        }
        return value;
    }

    /** @return the number, {@code absent} where there is none */
    public long number(String name, long min, long max, long absent) throws CallRefused {
        String value = values.get(name);
        if (value == null) {
            return absent;
        }
        // Java reads signs and the digits of every script
        if (DIGITS.matcher(value).matches()) {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw bad(name, value, "a whole number from " + min + " to " + max);
    }

    /** @return which of these words it is, the first where there is none */
    public String word(String name, String... words) throws CallRefused {
        String value = values.getOrDefault(name, words[0]);
        for (String word : words) {
            if (word.equals(value)) {
                return word;
            }
        }
        throw bad(name, value, "one of " + String.join(", ", words));
    }

    public static CallRefused bad(String name, String value, String expected) {
        return new CallRefused(
                Reason.UNUSABLE, name + " is " + value + ", which cannot be used: expected " + expected, name);
    }
}
