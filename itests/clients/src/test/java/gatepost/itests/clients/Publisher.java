package gatepost.itests.clients;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Publishes numbered messages with receipts to a queue of its own, some at a time, until it is through or the connection is
 * lost. What it knows then is what any publisher can know.
 */
final class Publisher {

    /** Messages that are sent before their receipts are read. */
    private static final int WINDOW = 10;

    private final String queue;
    private final int count;
    private final CountDownLatch safe;
    private final List<Integer> receipts = new ArrayList<>();
    private int sent;
    private AssertionError lost;
    private Thread thread;

    /**
     * @param count of messages, which are numbered from 0
     * @param safe counted down at each receipt
     */
    Publisher(String queue, int count, CountDownLatch safe) {
        this.queue = queue;
        this.count = count;
        this.safe = safe;
    }

    /** @param client signed in; it is closed at the end */
    void start(StompClient client) {
        thread = new Thread(() -> publish(client), "publisher of " + queue);
        thread.start();
    }

    void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    String queue() {
        return queue;
    }

    /** @return how many it has sent, or tried to */
    int sent() {
        return sent;
    }

    /** @return the messages that were confirmed */
    List<Integer> receipts() {
        return receipts;
    }

    private void publish(StompClient client) {
        try (client) {
            while (sent < count) {
                int first = sent;
                while (sent < Math.min(first + WINDOW, count)) {
                    int number = sent++;
                    client.send(ClientFrame.send(queue, "" + number, "receipt:" + number));
                }
                for (int i = first; i < sent; i++) {
                    ServerFrame receipt = client.expect("RECEIPT");
                    receipts.add(Integer.valueOf(receipt.header("receipt-id")));
                    safe.countDown();
                }
            }
        } catch (AssertionError e) {
            // the broker is gone, which the test has brought about; what counts is in the receipts
            lost = e;
        }
    }

    /** @return why it ended early, or {@code null} */
    AssertionError lost() {
        return lost;
    }
}
