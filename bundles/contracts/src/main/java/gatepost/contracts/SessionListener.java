package gatepost.contracts;

import gatepost.contracts.SessionList.OpenSession;

/**
 * Wants to know of each session that begins and ends: a service, which authentication tells from then on, and not of what is already so
 * ({@link SessionList} says that). What happens comes in its order, one call after the other, on a thread that others wait for: it has to
 * return at once. Gatepost's own accounts are left out.
 */
public interface SessionListener {

    void opened(OpenSession session);

    /** @param session as it was when it began */
    void closed(OpenSession session);
}
