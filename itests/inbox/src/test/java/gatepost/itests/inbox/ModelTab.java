package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.inbox.Model.Device;
import gatepost.itests.inbox.Model.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A tab, what it has to get, and what it holds without having acknowledged it. */
final class ModelTab implements AutoCloseable {

    /** What an owner may say of acknowledgements. */
    enum Mode {
        AUTO("auto"),
        CLIENT("client"),
        INDIVIDUAL("client-individual"),
        /** The tab of an administrator, who takes nothing away. */
        OTHERS("client-individual");

        final String header;

        Mode(String ack) {
            this.header = "ack:" + ack;
        }
    }

    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration STALL = Duration.ofMillis(200);
    /** Without anything that comes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Model model;
    private final Tab tab;
    private final ModelView view;
    private final Mode mode;
    private final Optional<String> device;
    private final List<ServerFrame> held = new ArrayList<>();
    private int transactions;
    private boolean leaving;

    /** @param device whose place goes on with what it acknowledges */
    ModelTab(Model model, Tab tab, ModelView view, Mode mode, Optional<String> device) {
        this.model = model;
        this.tab = tab;
        this.view = view;
        this.mode = mode;
        this.device = device;
    }

    ModelView view() {
        return view;
    }

    boolean takesAtOnce() {
        return mode == Mode.AUTO;
    }

    Optional<String> device() {
        return device;
    }

    boolean is(String ofDevice) {
        return device.equals(Optional.of(ofDevice));
    }

    /** @return what came before the connection was lost */
    List<ServerFrame> rest() {
        return tab.client().rest();
    }

    /** Takes what has come by now. */
    void read() {
        Optional<ServerFrame> frame = tab.client().poll(MOMENT);
        for (; frame.isPresent(); frame = tab.client().poll(MOMENT)) {
            take(frame.get());
        }
    }

    /** Reads until it is there, or beyond; makes room for it by acknowledging what it holds. */
    void readTo(Entry last) {
        long progress = System.nanoTime();
        while (!view.isAt(last)) {
            Optional<ServerFrame> frame = tab.client().poll(STALL);
            frame.ifPresent(this::take);
            if (frame.isPresent()) {
                // one whose window is a single message waits a moment before each: many take long
                progress = System.nanoTime();
            } else if (!held.isEmpty()) {
                List.copyOf(held).forEach(this::acknowledge);
            }
            if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw new AssertionError(view + " does not get " + last);
            }
        }
        view.hasAll();
    }

    /** It is going to be closed. What is on its way to one with {@code ack:auto} is done by that, so that one takes it. */
    void leave(Random random) {
        if (mode == Mode.AUTO) {
            leaving = true;
            tab.unsubscribe();
            read();
        } else if (random.nextBoolean()) {
            read();
        }
    }

    /** A frame has come. */
    void take(ServerFrame frame) {
        assertEquals("MESSAGE", frame.command(), frame::toString);
        if (frame.header("gatepost-offset") == null) {
            view.gotUnstored(frame);
        } else {
            Entry entry = view.got(frame);
            if (mode == Mode.AUTO) {
                Model.mayBeDone(entry);
                // what comes while it unsubscribes may have come too late to count
                entry.taken |= !leaving;
                place().ifPresent(place -> place.mayHave.add(entry.offset));
            }
        }
        if (mode != Mode.AUTO) {
            held.add(frame);
        }
    }

    /** Settles something of what it holds. */
    void settle(Random random) {
        if (held.isEmpty()) {
            return;
        }
        ServerFrame message = held.get(random.nextInt(held.size()));
        if (mode != Mode.INDIVIDUAL || random.nextInt(4) > 0) {
            acknowledge(message);
        } else if (random.nextBoolean()) {
            settled(List.of(message), tab.refuse(message));
        } else {
            inTransaction(
                    held.subList(0, random.nextInt(held.size()) + 1).stream()
                            .limit(5)
                            .toList(),
                    random.nextBoolean());
        }
    }

    private void acknowledge(ServerFrame message) {
        int index = held.indexOf(message);
        if (index >= 0) {
            settled(List.copyOf(held.subList(mode == Mode.CLIENT ? 0 : index, index + 1)), tab.acknowledge(message));
        }
    }

    private void inTransaction(List<ServerFrame> messages, boolean kept) {
        String transaction = "transaction:t" + ++transactions;
        tab.client().done(ClientFrame.of("BEGIN", transaction));
        messages.forEach(message -> tab.acknowledge(message, transaction));
        tab.client().done(ClientFrame.of(kept ? "COMMIT" : "ABORT", transaction));
        if (kept) {
            messages.forEach(message -> entry(message).ifPresent(entry -> {
                model.acknowledged(entry);
                place().ifPresent(place -> place.has.add(entry.offset));
            }));
            held.removeAll(messages);
        }
    }

    private void settled(List<ServerFrame> messages, ServerFrame receipt) {
        boolean settled = !"false".equals(receipt.header("gatepost-settled"));
        for (ServerFrame message : messages) {
            entry(message).ifPresent(entry -> {
                if (mode != Mode.OTHERS && messages.size() == 1) {
                    model.acknowledged(entry, settled);
                } else if (mode != Mode.OTHERS) {
                    model.acknowledged(entry);
                }
                place().ifPresent(place -> place.has.add(entry.offset));
            });
        }
        held.removeAll(messages);
    }

    /** Acknowledges something without waiting for the RECEIPT; nothing when it holds nothing. */
    Optional<ModelBurst.Sent> send(String receipt, Random random) {
        if (mode != Mode.INDIVIDUAL || held.isEmpty()) {
            return Optional.empty();
        }
        ServerFrame message = held.remove(random.nextInt(held.size()));
        tab.client().send(ClientFrame.of("ACK", "id:" + message.header("ack"), "receipt:" + receipt));
        Optional<Entry> entry = entry(message);
        entry.ifPresent(acknowledged -> {
            Model.mayBeDone(acknowledged);
            place().ifPresent(place -> place.mayHave.add(acknowledged.offset));
        });
        return Optional.of(answer -> entry.ifPresent(acknowledged -> {
            model.acknowledged(acknowledged);
            place().ifPresent(place -> place.has.add(acknowledged.offset));
        }));
    }

    private Optional<Device> place() {
        return device.map(model::device);
    }

    /** @return empty for what has no offset, or is of an earlier epoch */
    private Optional<Entry> entry(ServerFrame message) {
        return message.header("gatepost-offset") == null
                        || !Position.epoch(message).equals(model.epoch())
                ? Optional.empty()
                : Optional.of(model.came(message));
    }

    @Override
    public void close() {
        tab.close();
    }
}
