package gatepost.welcome;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with placeholders such as {@code {user}}. Braces around anything but small letters stand for themselves, as JSON has them.
 */
record Template(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    /** @return the first placeholder that is none of those known */
    Optional<String> unknown(Set<String> known) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .filter(found -> !known.contains(found.group(1)))
                .findFirst()
                .map(found -> found.group());
    }

    /**
     * @param values of all placeholders
     * @param escape what a value needs to be text and nothing else where it stands
     */
    String fill(Map<String, String> values, UnaryOperator<String> escape) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(escape.apply(values.get(found.group(1)))));
    }
}
