// Gatepost serves the same file as /gatepost/client.js.
import { connect } from "../lib/client.js";

// Opens an inbox; each tab opens one, and gets everything. session
// is what your application answers for whoever is signed in to it,
// { url, user, token }: the path of it, or a function that asks.
export function openInbox(
    { session, storage, friend, onChange, onPresence, onError }) {
    const inbox = connect({ session, storage });

    // whatever changes: { connected, state: { unseen, unread, … },
    // messages }; what has been shown waits no more
    inbox.subscribe(() => onChange(inbox.getSnapshot()));

    // besides what waits: what the inbox keeps
    inbox.on("connected", () => inbox.history().catch(onError));

    // { user, online, since }, now and whenever that changes
    inbox.presence(friend, onPresence);

    inbox.on("error", onError);
    // for your buttons: inbox.seen(), inbox.read(message),
    // inbox.read() for all, inbox.close()
    return inbox;
}
