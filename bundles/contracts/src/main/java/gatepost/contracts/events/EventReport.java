package gatepost.contracts.events;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Note;
import java.util.List;

/**
 * An event on its way into the journal: one note for each who wants to hear it. Whoever reported it says what became of it, once, on any
 * thread.
 */
public interface EventReport {

    /** Of what nobody wants to hear. */
    EventReport NONE = new EventReport() {

        @Override
        public List<Note> notes() {
            return List.of();
        }

        @Override
        public void written(String queue, Durability stored) {
            // nobody waits for it
        }

        @Override
        public void dropped() {
            // nobody waits for it
        }
    };

    /** @return what is to be remembered of the user's inbox together with what happened, in the same record; empty when nobody wants it */
    List<Note> notes();

    /**
     * The notes were given to the journal. Returns at once.
     *
     * @param queue the name of the inbox that they are of
     * @param stored told of nothing before this is safe
     */
    void written(String queue, Durability stored);

    /** It did not happen after all, and nothing was written. Returns at once. */
    void dropped();
}
