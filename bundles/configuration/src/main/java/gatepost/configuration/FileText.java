package gatepost.configuration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a configuration file, and what is wrong with how it is written: bytes that are not UTF-8, and {@code \}{@code u}
 * without four hexadecimal digits. Whoever reads the file into a map passes over the first in silence and fails at the second
 * without saying where.
 *
 * @param text the text, mended so that Java's properties can read it
 * @param problems one for each line that is wrong
 */
record FileText(String text, List<Problem> problems) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int ESCAPE_LENGTH = 6;
    private static final Pattern ESCAPE = Pattern.compile("\\\\u[0-9A-Fa-f]{4}");

    static FileText of(String name, byte[] bytes) {
        List<Problem> problems = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean continued = false;
        String key = "";
        int number = 0;
        for (byte[] line : lines(bytes)) {
            number++;
            String decoded = decode(line);
            String stripped = decoded.stripLeading();
            boolean comment = !continued && (stripped.startsWith("#") || stripped.startsWith("!"));
            if (!continued) {
                key = comment ? "" : key(stripped);
            }
            String place = key.isEmpty() ? "line " + number : key;
            if (number == 1 && decoded.charAt(0) == BYTE_ORDER_MARK) {
                problems.add(new Problem(
                        name, "line 1", null, "it begins with a byte order mark: save it as UTF-8 without one"));
            }
            if (!isUtf8(line)) {
                problems.add(new Problem(
                        name, place, null, "line " + number + " is not UTF-8, in which files in etc are written"));
            }
            text.append(comment ? decoded : mended(decoded, new Line(name, place, number), problems));
            continued = !comment && isContinued(decoded);
        }
        return new FileText(text.toString(), List.copyOf(problems));
    }

    private record Line(String file, String key, int number) {}

    /** A backslash is put before those escapes that would end the reading of the file, so that the rest is looked at, too. */
    private static String mended(String text, Line line, List<Problem> problems) {
        StringBuilder mended = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            mended.append(c);
            if (c == '\\' && i + 1 < text.length()) {
                String escape = text.substring(i, Math.min(i + ESCAPE_LENGTH, text.length()));
                if (escape.startsWith("\\u") && !ESCAPE.matcher(escape).matches()) {
                    problems.add(new Problem(
                            line.file(),
                            line.key(),
                            escape.stripTrailing(),
                            "expected four hexadecimal digits " + "after \\u in line " + line.number()
                                    + "; a backslash itself is written \\\\"));
                    mended.append('\\');
                }
                mended.append(text.charAt(++i));
            }
        }
        return mended.toString();
    }

    /** The lines with what ends them. */
    private static List<byte[]> lines(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean last = i == bytes.length - 1;
            boolean ends = bytes[i] == '\n' || bytes[i] == '\r' && (last || bytes[i + 1] != '\n');
            if (ends || last) {
                lines.add(Arrays.copyOfRange(bytes, begin, i + 1));
                begin = i + 1;
            }
        }
        return lines;
    }

    private static boolean isUtf8(byte[] line) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line));
            return true;
        } catch (CharacterCodingException e) {
            return false; // which is the answer
        }
    }

    private static String decode(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }

    private static String key(String line) {
        int end = 0;
        while (end < line.length() && "=: \t\f\r\n".indexOf(line.charAt(end)) < 0) {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        return line.substring(0, Math.min(end, line.length())).replace("\\", "");
    }

    private static boolean isContinued(String line) {
        String text = line.replaceAll("[\r\n]+$", "");
        int backslashes = 0;
        while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
