package gatepost.shell;

import gatepost.contracts.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * Rows under named columns. A value is text, a number, {@link Bytes}, an instant, a duration, a collection of them, or nothing (an empty
 * Optional).
 */
public final class Listing {

    private final List<String> columns;
    private final List<List<Object>> rows = new ArrayList<>();
    private String ifEmpty = "";
    private String note = "";

    /** @param columns what each is called, in the words that people read */
    public Listing(String... columns) {
        this.columns = List.of(columns);
    }

    /** What a person reads where there are no rows. */
    public Listing ifEmpty(String text) {
        ifEmpty = text;
        return this;
    }

    /** What a person reads below the table, such as that there is more. */
    public Listing note(String text) {
        note = text;
        return this;
    }

    /** @param values one for each column */
    public Listing row(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for the columns " + columns);
        }
        rows.add(List.of(values));
        return this;
    }

    /**
     * Prints at most {@value Widths#MOST} columns of a terminal: longer cells go on in the next line, and what does not fit even so is
     * printed row by row.
     *
     * @param format with borders and notes, or bare for scripts
     */
    public void print(PrintStream out, boolean format) {
        List<List<String>> cells = rows.stream()
                .map(row -> row.stream()
                        .map(value -> format ? text(value) : bare(value))
                        .toList())
                .toList();
        if (!format) {
            print(out, cells, false);
            return;
        }
        Widths widths =
                Widths.of(Stream.concat(Stream.of(columns), cells.stream()).toList());
        if (widths.fit()) {
            print(
                    out,
                    cells.stream()
                            .map(row -> IntStream.range(0, row.size())
                                    .mapToObj(i -> widths.wrapped(i, row.get(i)))
                                    .toList())
                            .toList(),
                    true);
        } else {
            printRowByRow(out, cells);
        }
        if (!note.isEmpty()) {
            out.println(note);
        }
    }

    private void print(PrintStream out, List<List<String>> cells, boolean format) {
        ShellTable table = new ShellTable().emptyTableText(ifEmpty);
        for (int i = 0; i < columns.size(); i++) {
            Col column = new Col(columns.get(i));
            table.column(isNumeric(i) ? column.alignRight() : column);
        }
        cells.forEach(row -> table.addRow().addContent(row.toArray()));
        table.print(out, format);
    }

    private void printRowByRow(PrintStream out, List<List<String>> cells) {
        int widest = columns.stream().mapToInt(String::length).max().orElse(0);
        for (int row = 0; row < cells.size(); row++) {
            out.println("-- " + (row + 1) + ' ' + "-".repeat(widest));
            for (int i = 0; i < columns.size(); i++) {
                if (!cells.get(row).get(i).isEmpty()) {
                    out.println(String.format(
                            "%-" + (widest + 2) + "s%s",
                            columns.get(i),
                            cells.get(row).get(i)));
                }
            }
        }
    }

    /** @return each row as an object whose keys are the columns, without blanks: {@code Bytes waiting} is {@code bytesWaiting} */
    public List<Map<String, Object>> objects() {
        return rows.stream()
                .map(row -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        object.put(key(columns.get(i)), plain(row.get(i)));
                    }
                    return object;
                })
                .toList();
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column) instanceof Number || row.get(column) instanceof Bytes);
    }

    /** @return a value as a person reads it */
    public static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Listing::text).orElse("");
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(Listing::text).collect(Collectors.joining(" "));
        }
        if (value instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.MILLIS).toString();
        }
        return value instanceof Duration duration ? duration(duration) : Printable.whole(String.valueOf(value));
    }

    /** @return a value as a script reads it */
    private static String bare(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Listing::bare).orElse("");
        }
        return value instanceof Bytes bytes ? Long.toString(bytes.number()) : text(value);
    }

    /** The two largest units are enough for a person. */
    private static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        return seconds < 86_400
                ? seconds / 3600 + "h " + seconds / 60 % 60 + "m"
                : seconds / 86_400 + "d " + seconds / 3600 % 24 + "h";
    }

    /** @return a value as a program reads it */
    public static Object plain(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Listing::plain).orElse(null);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(Listing::plain).toList();
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() / 1000.0;
        }
        if (value instanceof Bytes bytes) {
            return bytes.number();
        }
        return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }

    private static String key(String column) {
        StringBuilder key = new StringBuilder();
        for (String word : column.split(" ")) {
            key.append(
                    key.isEmpty()
                            ? word.toLowerCase(Locale.ROOT)
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }
}
