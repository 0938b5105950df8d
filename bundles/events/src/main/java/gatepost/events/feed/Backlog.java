package gatepost.events.feed;

import java.util.HashMap;
import java.util.Map;

/** All that one subscriber is to be told: by user, and the oldest first. One thread. */
final class Backlog {

    private final Map<String, Line> lines = new HashMap<>();
    private Pending oldest;
    private Pending newest;
    private int size;

    /** @return the line of its user */
    Line add(Pending event) {
        Pending before = newest;
        while (before != null && before.order > event.order) {
            before = before.older;
        }
        event.older = before;
        event.newer = before == null ? oldest : before.newer;
        if (event.newer == null) {
            newest = event;
        } else {
            event.newer.older = event;
        }
        if (before == null) {
            oldest = event;
        } else {
            before.newer = event;
        }
        event.listed = true;
        size++;
        Line line = lines.computeIfAbsent(event.user, Line::new);
        line.add(event);
        return line;
    }

    /** @return the line of its user, which may be empty now, and no part of this any more */
    Line remove(Pending event) {
        Line line = lines.get(event.user);
        if (!event.listed) {
            return line;
        }
        event.listed = false;
        size--;
        if (event.older == null) {
            oldest = event.newer;
        } else {
            event.older.newer = event.newer;
        }
        if (event.newer == null) {
            newest = event.older;
        } else {
            event.newer.older = event.older;
        }
        line.remove(event);
        if (line.isEmpty()) {
            lines.remove(event.user);
        }
        return line;
    }

    /** @return {@code null} when nobody has anything */
    Pending oldest() {
        return oldest;
    }

    /** @return {@code null} for one of whom there is nothing */
    Line line(String user) {
        return lines.get(user);
    }

    Iterable<Line> lines() {
        return lines.values();
    }

    int size() {
        return size;
    }
}
