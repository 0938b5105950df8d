package gatepost.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How wide the columns of a table are, so that it fits a terminal: cells of several words go on in a further line. */
final class Widths {

    /** What a table may take in all, in columns of a terminal. */
    static final int MOST = 120;

    private static final int SEPARATOR = 3;
    private static final int NARROWEST = 20;

    private final int[] widths;
    private final int total;

    private Widths(int[] widths) {
        this.widths = widths;
        this.total = Arrays.stream(widths).sum() + SEPARATOR * (widths.length - 1);
    }

    /** @param rows the cells as text, the names of the columns first */
    static Widths of(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widest = new int[columns];
        int[] least = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                widest[i] = Math.max(widest[i], width(cell));
                least[i] = Math.max(least[i], Math.min(width(cell), Math.max(NARROWEST, longestWord(cell))));
            }
        }
        // the names of the columns are not wrapped
        for (int i = 0; i < columns; i++) {
            least[i] = Math.max(least[i], width(rows.get(0).get(i)));
        }
        int tooMuch = new Widths(widest).total - MOST;
        while (tooMuch > 0) {
            int largest = -1;
            for (int i = 0; i < columns; i++) {
                if (widest[i] > least[i] && (largest < 0 || widest[i] > widest[largest])) {
                    largest = i;
                }
            }
            if (largest < 0) {
                break;
            }
            widest[largest]--;
            tooMuch--;
        }
        return new Widths(widest);
    }

    boolean fit() {
        return total <= MOST;
    }

    /** @return a cell in lines that are no wider than its column */
    String wrapped(int column, String cell) {
        if (width(cell) <= widths[column]) {
            return cell;
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : cell.split(" ", -1)) {
            if (line.length() > 0 && width(line.toString()) + 1 + width(word) > widths[column]) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return String.join("\n", lines);
    }

    private static int longestWord(String cell) {
        return Arrays.stream(cell.split(" ")).mapToInt(Widths::width).max().orElse(0);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
