package gatepost.store.journal;

import java.util.Locale;

/**
 * What was found in one file of a journal that was looked at and not changed.
 *
 * @param name of the file, without its folder
 * @param state what is the matter with it
 * @param bytes of the file
 * @param records that are whole, those within a group each for itself
 * @param damages places at which something is not what was written
 * @param damagedBytes about how many bytes these are
 * @param note more about the state, for people; may be empty
 */
public record CheckedFile(
        String name, State state, long bytes, long records, int damages, long damagedBytes, String note) {

    /** What is the matter with a file. */
    public enum State {
        /** All records are whole. */
        WHOLE(true),
        /** Nothing was written to it yet. */
        UNUSED(true),
        /** It ends with what was being written when the machine stopped, or is being written now: nothing that was confirmed. */
        TORN(true),
        /** A start has put it aside because of damage; the journal goes on without it. */
        PUT_ASIDE(false),
        /** Something that was confirmed is lost. */
        DAMAGED(false),
        /** It cannot be read, or holds what this version does not know. */
        UNREADABLE(false);

        private final boolean good;

        State(boolean good) {
            this.good = good;
        }

        /** @return its name for people */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** @return whether nothing is lost */
        public boolean isGood() {
            return good;
        }
    }
}
