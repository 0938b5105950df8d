import { OLDEST, isBehind, openInbox, placeOf } from './inbox.js';

/**
 * What openInbox does, over one connection for all tabs of this browser: a page with many tabs spares connections so. The tab that
 * has the lock holds the connection and tells the others; when it is closed the next one takes over.
 *
 * @param name of the user, so that two users of one browser do not share
 */
export function shareInbox(name, { session, start = OLDEST, ...page }) {
    const tabs = new BroadcastChannel(`inbox of ${name}`);
    const known = { messages: [] };
    let place = start;
    let inbox;
    let isTold = false;

    const here = {
        show(message) {
            if (isBehind(place, message.headers)) {
                if (message.offset) {
                    place = placeOf(message.headers);
                    known.messages.push(message);
                }
                return page.show(message);
            }
        },
        counts(counts) {
            known.counts = counts;
            known.messages.forEach(message => message.unread &&= !counts.changed?.read?.includes(message.offset));
            page.counts?.(counts);
        },
        gap: () => page.gap?.(),
        state: text => page.state?.(text),
        everything({ messages, counts }) {
            isTold = true;
            messages.forEach(here.show);
            if (counts) {
                here.counts(counts);
            }
        },
    };
    const holder = {
        hello: () => tabs.postMessage(['everything', known]),
        read: message => inbox.read(message),
        readAll: () => inbox.readAll(),
        seen: () => inbox.seen(),
    };
    tabs.onmessage = ({ data: [what, about] }) => {
        // a tab that has just been opened is told everything first, of which this is a part
        const listens = inbox ? holder : isTold || what === 'everything' ? here : {};
        listens[what]?.(about);
    };
    tabs.postMessage(['hello']);

    const tell = what => about => {
        tabs.postMessage([what, about]);
        return here[what](about);
    };
    navigator.locks.request(`inbox of ${name}`, () => new Promise(() => {
        inbox = openInbox({
            session,
            start: place,
            show: tell('show'),
            counts: tell('counts'),
            gap: tell('gap'),
            state: tell('state'),
        });
        holder.hello();
    }));

    const ask = what => about => inbox ? holder[what](about) : tabs.postMessage([what, about]);
    return { read: ask('read'), readAll: ask('readAll'), seen: ask('seen') };
}
