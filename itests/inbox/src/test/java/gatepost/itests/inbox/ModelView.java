package gatepost.itests.inbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ServerFrame;
import gatepost.itests.inbox.Model.Device;
import gatepost.itests.inbox.Model.Entry;
import gatepost.itests.inbox.Model.Is;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** What one subscription has to get, by a {@link Model}: each message once and in order, or a word of the gap. */
final class ModelView {

    private static final long START = -1;

    private final Model model;
    private final String name;
    private final Set<Entry> goneBefore = new HashSet<>();
    /** What its device has acknowledged, and what it need not get: the device has it perhaps, or it may have gone before this began. */
    private final Set<Long> has;

    private final Set<Long> mayHave;
    /** {@code null} for none. */
    private final Device device;
    /** What has no offset, in the order in which it was sent since this began. */
    private final Deque<String> unstored = new ArrayDeque<>();

    private final Set<String> unstoredSeen = new HashSet<>();
    private final Set<String> unstoredAllowed;

    private String epoch;
    /** Up to there it has what it is to have. */
    private long at;
    /** Up to there it passes over what is done. */
    private final long waitingUntil;
    /** A gap was told that is above {@link #at}. */
    private boolean gap;
    /** The RECEIPT told of a gap, and the first message has to say so, too. */
    private boolean gapBegun;

    private ModelView(
            Model model, String name, long at, long waitingUntil, Device device, boolean gap, Set<String> allowed) {
        this.model = model;
        this.name = name;
        this.epoch = model.epoch();
        this.at = at;
        this.waitingUntil = waitingUntil;
        this.device = device;
        this.has = device == null ? Set.of() : new HashSet<>(device.has);
        this.mayHave = device == null ? new HashSet<>() : new HashSet<>(device.mayHave);
        this.gapBegun = gap;
        this.unstoredAllowed = new HashSet<>(allowed);
        if (gap) {
            // told once, of all that was missing by then: a hole further on is not told again
            trimmedBefore();
        }
        model.log().values().stream().filter(e -> e.gone == Is.YES).forEach(goneBefore::add);
    }

    /** One that begins with what waits, and from the head on gets everything. */
    static ModelView waiting(Model model, String name, boolean gap, Set<String> unstored) {
        return new ModelView(model, name, START, model.head(), null, gap, unstored);
    }

    /** One that gets everything behind an offset. */
    static ModelView behind(Model model, String name, long offset, boolean gap, Set<String> unstored) {
        ModelView view = new ModelView(model, name, offset, START, null, gap, unstored);
        assertTrue(!gap || !model.isNothingMissingAbove(offset), () -> name + " is told of a gap above " + offset);
        if (offset == START) {
            // it begins with the oldest that there is: what the history has had no room for by then is no gap
            view.trimmedBefore();
        }
        return view;
    }

    /** One that gets everything that its device has not acknowledged. */
    static ModelView of(Model model, String name, Device device, boolean known, boolean gap, Set<String> unstored) {
        return new ModelView(model, name, START, known ? START : model.head(), device, gap, unstored);
    }

    private void trimmedBefore() {
        model.log().values().stream().filter(model::mayBeTrimmed).forEach(e -> mayHave.add(e.offset));
    }

    /** A message without an offset was sent. */
    void sent(String text) {
        unstored.add(text);
    }

    /** What has no offset is not there any more, but may be on its way. */
    void purged() {
        unstoredAllowed.addAll(unstored);
        unstored.clear();
    }

    /** @return the place of the last message, to go on behind it */
    long at() {
        return at;
    }

    boolean isAt(Entry last) {
        return epoch.equals(model.epoch()) && at >= last.offset;
    }

    String epoch() {
        return epoch;
    }

    /** A message without an offset came. */
    void gotUnstored(ServerFrame message) {
        String text = message.text();
        told(message);
        assertTrue(unstoredSeen.add(text), () -> name + " got " + text + " again");
        if (text.equals(unstored.peek())) {
            unstored.poll();
        } else {
            assertTrue(unstoredAllowed.contains(text), () -> name + " got " + text + " before " + unstored);
        }
    }

    /** A message came. @return what it is */
    Entry got(ServerFrame message) {
        Entry entry = model.came(message);
        boolean begun = gapBegun;
        told(message);
        if (!Position.epoch(message).equals(epoch)) {
            assertTrue(gap, () -> name + " is not told of the new epoch, " + message);
            epoch = Position.epoch(message);
            at = START;
        } else {
            assertTrue(
                    !gap || begun || !model.isNothingMissingAbove(at),
                    () -> name + " is told of a gap between " + at + " and " + entry);
        }
        assertTrue(entry.offset > at, () -> name + " got " + entry + " behind " + at);
        assertTrue(!goneBefore.contains(entry), () -> name + " got " + entry + ", which was gone when it came");
        assertTrue(!has.contains(entry.offset), () -> name + " got " + entry + ", which its device has");
        passed(entry.offset);
        at = entry.offset;
        gap = false;
        return entry;
    }

    private void told(ServerFrame message) {
        gap |= Position.saysGap(message);
        assertTrue(gap || !gapBegun, () -> name + " is told of a gap by the RECEIPT, and not by " + message);
        gapBegun = false;
    }

    private void passed(long offset) {
        if (!epoch.equals(model.epoch())) {
            // it was purged since then, and anything may be missing
            return;
        }
        for (Entry missed : model.log().subMap(at, false, offset, false).values()) {
            boolean excused = missed.mayBeGone()
                    || missed.offset <= waitingUntil && missed.done != Is.NO
                    || has.contains(missed.offset)
                    || mayHave.contains(missed.offset)
                    || gap && model.mayBeTrimmed(missed);
            if (gap && device != null) {
                // it is told once: its place may pass that from now on
                device.mayHave.add(missed.offset);
            }
            assertTrue(excused, () -> name + " missed " + missed + " behind " + at + (gap ? ", a gap was told" : ""));
        }
    }

    /** It has got a message that was sent after all others. */
    void hasAll() {
        assertTrue(unstored.isEmpty(), () -> name + " missed " + unstored);
    }

    @Override
    public String toString() {
        return name + " at " + at;
    }
}
