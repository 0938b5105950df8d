package gatepost.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a configuration file as it is written, which goes on where it ends with a {@code \}. Head, value and end of all lines, one
 * after another, are the text.
 *
 * @param number of its first line, from 1
 * @param comment whether it is one
 * @param key without escapes; that of a setting in a comment, too; empty where there is none
 * @param head all before the value
 * @param value as it is written, escapes, placeholders and line ends within it included
 * @param end what ends it; empty at the end of the text
 */
public record WrittenLine(int number, boolean comment, String key, String head, String value, String end) {

    private static final Pattern COMMENTED = Pattern.compile("(?s)(\\s*[#!][#!\\s]*([\\w.~-]+)\\s*[=:][ \\t\\f]*)(.*)");
    private static final String BLANK = " \t\f";

    /** @return all lines of a text */
    public static List<WrittenLine> of(String text) {
        List<WrittenLine> lines = new ArrayList<>();
        int number = 1;
        int begin = 0;
        while (begin < text.length()) {
            int end = contentEnd(text, begin);
            boolean comment = isComment(text.substring(begin, end));
            int count = 1;
            while (!comment && isContinued(text, begin, end) && next(text, end) < text.length()) {
                end = contentEnd(text, next(text, end));
                count++;
            }
            int next = next(text, end);
            lines.add(of(number, comment, text.substring(begin, end), text.substring(end, next)));
            number += count;
            begin = next;
        }
        return lines;
    }

    /** Where a key is set in a text. @return the number of the last such line, whose value counts; 0 when there is none */
    public static int number(String text, String key) {
        int last = 0;
        for (WrittenLine line : of(text)) {
            if (!line.comment() && line.key().equals(key)) {
                last = line.number();
            }
        }
        return last;
    }

    /** @return the same line with another value */
    public WrittenLine with(String other) {
        return new WrittenLine(number, comment, key, head, other, end);
    }

    /** @return as it stands in the file */
    public String text() {
        return head + value + end;
    }

    private static WrittenLine of(int number, boolean comment, String content, String end) {
        if (comment) {
            Matcher setting = COMMENTED.matcher(content);
            return setting.matches()
                    ? new WrittenLine(number, true, setting.group(2), setting.group(1), setting.group(3), end)
                    : new WrittenLine(number, true, "", content, "", end);
        }
        int begin = skip(content, 0, BLANK);
        int keyEnd = begin;
        while (keyEnd < content.length() && (BLANK + "=:\r\n").indexOf(content.charAt(keyEnd)) < 0) {
            keyEnd += content.charAt(keyEnd) == '\\' ? 2 : 1;
        }
        keyEnd = Math.min(keyEnd, content.length());
        int value = skip(content, keyEnd, BLANK);
        if (value < content.length() && "=:".indexOf(content.charAt(value)) >= 0) {
            value = skip(content, value + 1, BLANK);
        }
        return new WrittenLine(
                number,
                false,
                content.substring(begin, keyEnd).replace("\\", ""),
                content.substring(0, value),
                content.substring(value),
                end);
    }

    private static int skip(String text, int from, String characters) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int contentEnd(String text, int from) {
        int end = from;
        while (end < text.length() && "\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Behind the line end at this place. */
    private static int next(String text, int end) {
        return text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
    }

    private static boolean isComment(String line) {
        String stripped = line.stripLeading();
        return stripped.startsWith("#") || stripped.startsWith("!");
    }

    private static boolean isContinued(String text, int begin, int end) {
        int backslashes = 0;
        while (end - backslashes > begin && text.charAt(end - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
