package gatepost.events.feed;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.inbox.Note;
import java.util.List;

/** One event on its way to each who wants to hear it. */
final class Report implements EventReport {

    private final List<Note> notes;
    private final Sender[] senders;
    private final Pending[] events;

    Report(List<Note> notes, Sender[] senders, Pending[] events) {
        this.notes = notes;
        this.senders = senders;
        this.events = events;
    }

    @Override
    public List<Note> notes() {
        return notes;
    }

    @Override
    public void written(String queue, Durability stored) {
        for (Pending event : events) {
            event.queue = queue;
        }
        stored.whenSettled(() -> settled(stored.isSafe() ? Pending.State.SAFE : Pending.State.DROPPED));
    }

    @Override
    public void dropped() {
        settled(Pending.State.DROPPED);
    }

    private void settled(Pending.State state) {
        for (int i = 0; i < events.length; i++) {
            events[i].state = state;
            senders[i].settled(events[i]);
        }
    }
}
