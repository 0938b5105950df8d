package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.contracts.Durability;
import gatepost.transport.frame.Frame;
import gatepost.transport.session.Session.FrameEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Durability safe = new Durability();
        safe.safe();
        add(safe, "b");

        assertEquals(List.of("a", "b"), events);
    }

    @Test
    void aReceiptWaitsForItsMessage() {
        Durability stored = new Durability();
        add(stored, "a");
        assertEquals(List.of(), events);

        stored.safe();
        assertEquals(List.of("a"), events);
    }

    @Test
    void receiptsKeepTheOrderOfTheirFrames() {
        Durability first = new Durability();
        Durability second = new Durability();
        add(first, "first");
        add(second, "second");
        add(null, "third");

        second.safe();
        assertEquals(List.of(), events);
        first.safe();
        assertEquals(List.of("first", "second", "third"), events);
    }

    @Test
    void whatAsksForNoReceiptHoldsUpThoseAfterItAllTheSame() {
        Durability stored = new Durability();
        add(stored, null);
        add(null, "after it");
        assertEquals(List.of(), events);

        stored.safe();
        assertEquals(List.of("after it"), events);
    }

    @Test
    void afterAMessageThatCouldNotBeStoredNoReceiptComesAndNothingElseDoes() {
        Durability stored = new Durability();
        add(stored, "a");
        add(null, "b");
        receipts.afterwards(() -> events.add("afterwards"));

        stored.failed(new IOException("the disk is full"));

        assertEquals(List.of("SEND failed: the disk is full"), events);
    }

    @Test
    void oneThatHadFailedBeforeItWasAddedIsTold() {
        Durability failed = new Durability();
        failed.failed(new IOException("the disk is full"));
        add(failed, "a");

        assertEquals(List.of("SEND failed: the disk is full"), events);
    }

    @Test
    void whatComesAfterwardsWaitsForAllOfThem() {
        Durability stored = new Durability();
        add(stored, "a");
        receipts.afterwards(() -> events.add("afterwards"));
        assertEquals(List.of(), events);

        stored.safe();
        assertEquals(List.of("a", "afterwards"), events);
    }

    @Test
    void whatComesAfterwardsComesAtOnceWhenThereAreNone() {
        receipts.afterwards(() -> events.add("afterwards"));

        assertEquals(List.of("afterwards"), events);
    }

    private void add(Durability stored, String name) {
        FrameEncoder receipt = name == null ? null : allocator -> allocator.buffer(name.length());
        if (receipt != null) {
            names.put(receipt, name);
        }
        receipts.add(stored, receipt, new Frame("SEND", Map.of(), new byte[0]), 0);
    }
}
