package gatepost.welcome.journal;

/**
 * What is known of a user. Times are milliseconds since the epoch, 0 for never.
 *
 * @param owed when the user became one who is to be greeted without being in the users file
 * @param greeted when the broker last confirmed a greeting
 * @param seen when the user was last signed in, as far as that was watched
 */
public record Known(long owed, long greeted, long seen) {

    static final Known NOTHING = new Known(0, 0, 0);

    public boolean isGreeted() {
        return greeted > 0;
    }

    /** Whether a greeting is due on the user's own account. */
    public boolean isOwed() {
        return owed > 0 && greeted == 0;
    }

    Known with(Entry entry) {
        return switch (entry.kind()) {
            case OWED -> new Known(entry.time(), greeted, seen);
            case GREETED -> new Known(owed, entry.time(), seen);
            case SEEN -> new Known(owed, greeted, entry.time());
            case INSTALLATION -> this;
        };
    }
}
