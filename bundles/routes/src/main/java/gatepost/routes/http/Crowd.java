package gatepost.routes.http;

import gatepost.routes.http.HttpCounts.Outcome;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * All connections of the listener, and what they take together. When there is too much of it, whoever has sent most of an
 * unfinished request, or has been waited for longest, makes room: a slow client never keeps a quick one out. For one event loop.
 */
final class Crowd {

    private final HttpCounts counts;
    /** In the order in which their requests began to be waited for. */
    private final Set<Connection> waiting = new LinkedHashSet<>();

    private int connections;
    private long bytes;

    Crowd(HttpCounts counts) {
        this.counts = counts;
    }

    /** A connection has opened, and its request is waited for. */
    void opened(Connection connection, int limit) {
        connections++;
        counts.connections(connections);
        waiting.add(connection);
        if (connections > limit) {
            crowdOut(waiting.iterator().next());
        }
    }

    /** Its next request is waited for, after those that already are. */
    void waits(Connection connection) {
        waiting.add(connection);
    }

    /** Its request has come whole. */
    void waitsNoMore(Connection connection) {
        waiting.remove(connection);
    }

    /** The body of a request that is waited for has grown. */
    void grew(int by, long limit) {
        bytes += by;
        // ends: who is crowded out gives back what it has, and whole bodies are within the limit or this one is there
        while (bytes > limit && !waiting.isEmpty()) {
            crowdOut(waiting.stream()
                    .max(Comparator.comparingInt(Connection::bodySize))
                    .orElseThrow());
        }
    }

    /** What a body took is free again. */
    void released(int size) {
        bytes -= size;
    }

    void closed(Connection connection) {
        connections--;
        counts.connections(connections);
        waiting.remove(connection);
    }

    private void crowdOut(Connection connection) {
        waiting.remove(connection);
        counts.add(Outcome.EVICTED);
        connection.crowdOut();
    }
}
