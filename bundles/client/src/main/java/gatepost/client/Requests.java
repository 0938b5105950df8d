package gatepost.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of a connection, in the order in which they were made: those that wait for a session, and those that went over the
 * present one and wait for their receipts. Belongs to the connection's event loop.
 */
final class Requests {

    /** As often a session may end before the receipt of what the broker was to answer next: the frame itself may be the reason. */
    private static final int MOST_LOSSES = 3;

    private final Map<String, Request> sent = new LinkedHashMap<>();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private long lastReceipt;

    int size() {
        return sent.size() + waiting.size();
    }

    /** Keeps a request until there is a session. */
    void keep(Request request) {
        waiting.add(request);
    }

    /** Sends everything that waits. */
    void send(StompSession session) {
        while (!waiting.isEmpty()) {
            send(waiting.remove(), session);
        }
    }

    void send(Request request, StompSession session) {
        String receipt = Long.toString(++lastReceipt);
        sent.put(receipt, request);
        session.send(request.frame(receipt));
    }

    /** @return the request of a receipt, or {@code null} when it has been given up; it is not waited for any more */
    Request answered(String receipt) {
        return receipt == null ? null : sent.remove(receipt);
    }

    /**
     * The session has ended. What survives that waits for the next, in its order. Where the broker ended it with an ERROR, it has
     * served nothing of that yet; where the network did, it may have, and the message comes twice with one message id.
     *
     * @param explained whether it is known which request the session ended for
     */
    void lost(String reason, boolean explained) {
        List<Request> unanswered = new ArrayList<>(sent.values());
        sent.clear();
        List<Request> again = new ArrayList<>();
        for (Request request : unanswered) {
            boolean next = again.isEmpty();
            if (!request.survives()) {
                request.failed(new GatepostUnavailableException(reason));
            } else if (next && !explained && request.lost() >= MOST_LOSSES) {
                request.failed(new GatepostException("the connection ended " + MOST_LOSSES + " times while " + request
                        + " was being served, the last time: " + reason));
            } else {
                again.add(request);
            }
        }
        for (int i = again.size() - 1; i >= 0; i--) {
            waiting.addFirst(again.get(i));
        }
    }

    /** Fails what has waited too long. */
    void expire(long now, String state) {
        expire(waiting.iterator(), now, state);
        expire(sent.values().iterator(), now, "no receipt from the broker in time");
    }

    /** Fails everything. */
    void clear(String reason) {
        List<Request> all = new ArrayList<>(sent.values());
        all.addAll(waiting);
        sent.clear();
        waiting.clear();
        all.forEach(request -> request.failed(new GatepostUnavailableException(reason)));
    }

    private static void expire(Iterator<Request> requests, long now, String reason) {
        List<Request> late = new ArrayList<>();
        while (requests.hasNext()) {
            Request request = requests.next();
            if (request.isLate(now)) {
                requests.remove();
                late.add(request);
            }
        }
        late.forEach(request -> request.failed(new GatepostUnavailableException(request + " failed: " + reason)));
    }
}
