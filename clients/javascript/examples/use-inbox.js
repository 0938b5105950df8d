import { useSyncExternalStore } from 'react';
import { connect } from 'gatepost';

const inboxes = new Map();

/** The inbox of whoever is signed in, for React: one for all components of a page that name the same session. */
export function useInbox(session = '/notifications/session') {
    if (!inboxes.has(session)) {
        inboxes.set(session, connect({ session }));
    }
    const inbox = inboxes.get(session);
    return { inbox, ...useSyncExternalStore(inbox.subscribe, inbox.getSnapshot, inbox.getSnapshot) };
}
