package gatepost.itests.fuzz;

import java.util.List;

/** What has to be the same however it came. */
final class Same {

    private Same() {}

    static void check(String what, List<String> expected, List<String> actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + " of the whole are " + expected + ", and of its pieces " + actual);
        }
    }
}
