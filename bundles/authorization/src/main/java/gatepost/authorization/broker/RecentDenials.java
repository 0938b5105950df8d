package gatepost.authorization.broker;

import gatepost.authorization.api.Denial;
import gatepost.contracts.Printable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Remembers what was denied last. Safe for use by several threads. */
final class RecentDenials {

    private static final int MOST = 50;

    private final Deque<Denial> denials = new ArrayDeque<>();

    synchronized void add(Denial denial) {
        if (denials.size() == MOST) {
            denials.removeLast();
        }
        denials.addFirst(new Denial(
                denial.at(),
                denial.cut(),
                shown(denial.user()),
                denial.operation(),
                shown(denial.destination()),
                denial.reason(),
                shown(denial.address())));
    }

    /** @return the newest first */
    synchronized List<Denial> all() {
        return new ArrayList<>(denials);
    }

    private static String shown(String text) {
        return Printable.of(text == null ? "" : text);
    }
}
