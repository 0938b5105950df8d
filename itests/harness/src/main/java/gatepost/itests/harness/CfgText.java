package gatepost.itests.harness;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a {@code .cfg} file, {@code key = value} on one line each, with its comments and its order. */
record CfgText(String text) {

    /**
     * @param changes the new value of each key, {@code null} to take the key out; a key that is not there yet is added at the end
     */
    CfgText with(Map<String, String> changes) {
        String changed = text;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            changed = with(changed, change.getKey(), change.getValue());
        }
        return new CfgText(changed);
    }

    /** @param changes may hold {@code null} values */
    static CfgText of(Map<String, String> changes) {
        return new CfgText("").with(new TreeMap<>(changes));
    }

    /** @return the value of a key, trimmed, or {@code null} where there is no such key */
    String value(String key) {
        Matcher line = line(key).matcher(text);
        if (!line.find()) {
            return null;
        }
        String found = line.group();
        return found.substring(found.indexOf('=') + 1).trim();
    }

    private static String with(String text, String key, String value) {
        String line = value == null ? "" : key + " = " + value + "\n";
        Matcher present = line(key).matcher(text);
        if (present.find()) {
            return present.replaceFirst(Matcher.quoteReplacement(line));
        }
        return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + line;
    }

    private static Pattern line(String key) {
        return Pattern.compile("(?m)^[ \\t]*" + Pattern.quote(key) + "[ \\t]*=.*(?:\\R|\\z)");
    }
}
