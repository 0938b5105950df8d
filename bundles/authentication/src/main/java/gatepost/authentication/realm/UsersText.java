package gatepost.authentication.realm;

import gatepost.configuration.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of a users file, in their order and with their lines: UTF-8, a byte order mark is passed over, and else the form of
 * {@link java.util.Properties}, as Karaf's {@code jaas:} commands read and write it. Whatever reads the file into a map would lose
 * the first of two entries of one name, and give up at the first wrong escape without saying where.
 *
 * @param entries what could be read
 * @param problems what could not; the values of entries, which are passwords, are not in them
 */
record UsersText(List<Entry> entries, List<Problem> problems) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int HEX_DIGITS = 4;

    /** @param line where the entry begins, from 1 */
    record Entry(int line, String key, String value) {}

    /** @param name what problems are reported under */
    static UsersText of(String name, byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int malformed = malformed(bytes);
        if (malformed > 0) {
            problems.add(
                    new Problem(name, "line " + malformed, null, "is not UTF-8, in which files in etc are written"));
            return new UsersText(entries, problems);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String[] lines = (text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text).split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length; i++) {
            int first = i + 1;
            String line = lines[i].replaceFirst("^[ \t\f]+", "");
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("!")) {
                continue;
            }
            while (isContinued(line)) {
                i++;
                line = line.substring(0, line.length() - 1)
                        + (i < lines.length ? lines[i].replaceFirst("^[ \t\f]+", "") : "");
            }
            int keyEnd = keyEnd(line);
            try {
                entries.add(new Entry(
                        first, unescaped(line.substring(0, keyEnd)), unescaped(value(line.substring(keyEnd)))));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(name, "line " + first, null, e.getMessage()));
            }
        }
        return new UsersText(List.copyOf(entries), List.copyOf(problems));
    }

    /** @return the first line that is not UTF-8, or 0 */
    private static int malformed(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(in, CharBuffer.allocate(bytes.length + 1), true);
        if (!result.isError()) {
            return 0;
        }
        int line = 1;
        for (int i = 0; i < in.position(); i++) {
            line += bytes[i] == '\n' || bytes[i] == '\r' && bytes[i + 1] != '\n' ? 1 : 0;
        }
        return line;
    }

    private static boolean isContinued(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static int keyEnd(String line) {
        int end = 0;
        while (end < line.length() && "=: \t\f".indexOf(line.charAt(end)) < 0) {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, line.length());
    }

    private static String value(String afterKey) {
        return afterKey.replaceFirst("^[ \t\f]*[=:]?[ \t\f]*", "");
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || ++i == text.length()) {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(i);
            switch (escaped) {
                case 't' -> plain.append('\t');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    plain.append(unicode(text, i + 1));
                    i += HEX_DIGITS;
                }
                default -> plain.append(escaped);
            }
        }
        return plain.toString();
    }

    private static char unicode(String text, int begin) {
        int code = 0;
        for (int i = begin; i < begin + HEX_DIGITS; i++) {
            int digit = i < text.length() && text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "expected four hexadecimal digits after \\u; a backslash itself is written \\\\");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }
}
