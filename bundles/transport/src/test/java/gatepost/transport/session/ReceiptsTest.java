package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.transport.frame.Frame;
import gatepost.transport.session.Session.FrameEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

    private final List<String> events = new ArrayList<>();
    private final Map<FrameEncoder, String> names = new HashMap<>();
    private final Receipts receipts = new Receipts(new Receipts.Exit() {
        @Override
        public void receipt(FrameEncoder receipt, long arrived) {
            events.add(names.get(receipt));
        }

        @Override
        public void notStored(Throwable reason, Frame frame) {
            events.add(frame.command() + " failed: " + reason.getMessage());
        }
    });

    @Test
    void aReceiptComesAtOnceWhenThereIsNothingToWaitFor() {
        add(null, "a");
        add(CompletableFuture.completedFuture(null), "b");

        assertEquals(List.of("a", "b"), events);
    }

    @Test
    void aReceiptWaitsForItsMessage() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        add(stored, "a");
        assertEquals(List.of(), events);

        stored.complete(null);
        assertEquals(List.of("a"), events);
    }

    @Test
    void receiptsKeepTheOrderOfTheirFrames() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        add(first, "first");
        add(second, "second");
        add(null, "third");

        second.complete(null);
        assertEquals(List.of(), events);
        first.complete(null);
        assertEquals(List.of("first", "second", "third"), events);
    }

    @Test
    void whatAsksForNoReceiptHoldsUpThoseAfterItAllTheSame() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        add(stored, null);
        add(null, "after it");
        assertEquals(List.of(), events);

        stored.complete(null);
        assertEquals(List.of("after it"), events);
    }

    @Test
    void afterAMessageThatCouldNotBeStoredNoReceiptComesAndNothingElseDoes() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        add(stored, "a");
        add(null, "b");
        receipts.afterwards(() -> events.add("afterwards"));

        stored.completeExceptionally(new IOException("the disk is full"));

        assertEquals(List.of("SEND failed: the disk is full"), events);
    }

    @Test
    void oneThatHadFailedBeforeItWasAddedIsTold() {
        add(CompletableFuture.failedFuture(new IOException("the disk is full")), "a");

        assertEquals(List.of("SEND failed: the disk is full"), events);
    }

    @Test
    void whatComesAfterwardsWaitsForAllOfThem() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        add(stored, "a");
        receipts.afterwards(() -> events.add("afterwards"));
        assertEquals(List.of(), events);

        stored.complete(null);
        assertEquals(List.of("a", "afterwards"), events);
    }

    @Test
    void whatComesAfterwardsComesAtOnceWhenThereAreNone() {
        receipts.afterwards(() -> events.add("afterwards"));

        assertEquals(List.of("afterwards"), events);
    }

    private void add(CompletableFuture<?> stored, String name) {
        FrameEncoder receipt = name == null ? null : allocator -> allocator.buffer(name.length());
        if (receipt != null) {
            names.put(receipt, name);
        }
        receipts.add(stored, receipt, new Frame("SEND", Map.of(), new byte[0]), 0);
    }
}
