package gatepost.contracts;

/**
 * Wants to know who comes and goes: a service, which presence tells of each change from then on, and not of what is already so
 * ({@link Presence} says that). The changes of a user come in their order, one after the other, on a thread that all others wait for: it
 * has to return at once.
 *
 * <p>A crash just after a change was told may have it told again after the start: none is passed over, one may come twice.
 */
public interface PresenceListener {

    /** @param since when that began, milliseconds since 1970 */
    void online(String user, long since);

    /**
     * Told once the grace has passed.
     *
     * @param since when the last session ended, milliseconds since 1970
     */
    void offline(String user, long since);
}
