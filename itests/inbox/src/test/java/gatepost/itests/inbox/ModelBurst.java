package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What is on its way when Gatepost is killed: it is certain where a RECEIPT has come for it, and may be so or not where none has. */
final class ModelBurst {

    private static final int FRAMES = 20;

    /** What is certain when its RECEIPT comes. */
    @FunctionalInterface
    interface Sent {
        void answered(ServerFrame receipt);
    }

    private final Owner owner;
    private final Model model;
    private final ModelApplication application;
    private final Map<String, Sent> sent = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private final Set<String> together = new HashSet<>();
    private boolean committed;

    ModelBurst(Owner owner, Model model, ModelApplication application) {
        this.owner = owner;
        this.model = model;
        this.application = application;
    }

    /** Sends messages and acknowledgements, and waits for nothing. */
    void send(List<ModelTab> tabs, Random random) {
        for (int n = 0; n < FRAMES; n++) {
            String text = application.text();
            if (tabs.isEmpty() || random.nextBoolean()) {
                named.add(text);
                sent.put(text, receipt -> model.sent(text, receipt));
                send(text, "gatepost-id:" + text, "receipt:" + text);
            } else {
                tabs.get(random.nextInt(tabs.size())).send(text, random).ifPresent(what -> sent.put(text, what));
            }
            if (n == FRAMES / 2) {
                sendTogether(text);
            }
        }
    }

    private void sendTogether(String text) {
        application.client().send(ClientFrame.of("BEGIN", "transaction:last"));
        for (int n = 0; n < 3; n++) {
            together.add(text + "of3-" + n);
            send(text + "of3-" + n, "transaction:last");
        }
        application.client().send(ClientFrame.of("COMMIT", "transaction:last", "receipt:last"));
        sent.put("last", receipt -> committed = true);
    }

    private void send(String text, String... headers) {
        model.sends(text);
        application.client().send(ClientFrame.send(owner.inbox(), text, headers));
    }

    /** Gatepost is gone: what has come from it until then. */
    void end(List<ModelTab> tabs) {
        application.client().rest().forEach(this::answered);
        application.close();
        for (ModelTab tab : tabs) {
            for (ServerFrame frame : tab.rest()) {
                if (frame.command().equals("RECEIPT")) {
                    answered(frame);
                } else {
                    tab.take(frame);
                }
            }
            tab.close();
        }
    }

    private void answered(ServerFrame frame) {
        assertEquals("RECEIPT", frame.command(), frame::toString);
        sent.get(frame.header("receipt-id")).answered(frame);
    }

    /** @param log what there is after a start */
    void assertWhole(List<ServerFrame> log) {
        long there = Position.texts(log).stream().filter(together::contains).count();
        // of what is done, the history may have lost some by then
        assertTrue(
                there == together.size() || there == 0 && !committed || model.isLimited(),
                () -> there + " of " + together + " that were sent in one transaction");
    }

    /** @return what was sent under ids */
    Set<String> named() {
        return named;
    }
}
