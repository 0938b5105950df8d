package gatepost.console.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What tells one text from another, line by line, with some lines around each change. */
final class LineDifference {

    private static final int AROUND = 3;
    /** Of longer changes each line counts as another one: what is compared grows with the square of it. */
    private static final long MOST_COMPARED = 4_000_000;

    /**
     * A line.
     *
     * @param kind {@code same}, {@code removed}, {@code added}, or {@code gap} for those that are the same and left out
     * @param before its number in the first text; 0 where it is not in there
     * @param after its number in the second text; 0 where it is not in there
     */
    record Line(String kind, int before, int after, String text) {}

    private LineDifference() {}

    /** @return the lines in order; none where both texts are the same */
    static List<Line> between(String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        int begin = 0;
        while (begin < old.size() && begin < now.size() && old.get(begin).equals(now.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < old.size() - begin
                && end < now.size() - begin
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        List<Line> all = new ArrayList<>();
        same(all, old, 0, begin, 0);
        changed(all, old.subList(begin, old.size() - end), now.subList(begin, now.size() - end), begin);
        same(all, old, old.size() - end, old.size(), now.size() - old.size());
        return nearby(all);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r?\n|\r", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    private static void same(List<Line> to, List<String> lines, int from, int until, int shift) {
        for (int i = from; i < until; i++) {
            to.add(new Line("same", i + 1, i + 1 + shift, lines.get(i)));
        }
    }

    /** What both have, in order, as much of it as there can be; what goes stands before what comes. */
    private static void changed(List<Line> to, List<String> old, List<String> now, int begin) {
        boolean compared = (long) old.size() * now.size() <= MOST_COMPARED;
        int[][] common = compared ? common(old, now) : new int[0][0];
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && compared && old.get(i).equals(now.get(j))) {
                to.add(new Line("same", begin + ++i, begin + ++j, old.get(i - 1)));
            } else if (i < old.size() && (j == now.size() || !compared || common[i + 1][j] >= common[i][j + 1])) {
                to.add(new Line("removed", begin + ++i, 0, old.get(i - 1)));
            } else {
                to.add(new Line("added", 0, begin + ++j, now.get(j - 1)));
            }
        }
    }

    /** @return how many lines both have in common behind each pair of places */
    private static int[][] common(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static List<Line> nearby(List<Line> all) {
        boolean[] shown = new boolean[all.size()];
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).kind().equals("same")) {
                Arrays.fill(shown, Math.max(0, i - AROUND), Math.min(all.size(), i + AROUND + 1), true);
            }
        }
        List<Line> near = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (shown[i]) {
                near.add(all.get(i));
            } else if (i + 1 < all.size() && shown[i + 1] && !near.isEmpty()) {
                near.add(new Line("gap", 0, 0, ""));
            }
        }
        return near;
    }
}
