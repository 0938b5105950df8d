import { GatepostError } from './failure.js';

/** How long an answer to whether Gatepost is there may take, milliseconds. */
const PATIENCE = 4_000;

/** Calls over HTTP with the token of the session, whose `http` is where they are: https://gatepost.example.com/gatepost. */
export async function call({ http, token }, method, path, body) {
    let answer;
    try {
        answer = await fetch(http + path, {
            method,
            headers: { authorization: `Bearer ${token}`, ...body && { 'content-type': 'application/json' } },
            body: body && JSON.stringify(body),
            credentials: 'omit',
        });
    } catch (failure) {
        throw new GatepostError('unknown', failure.message);
    }
    const text = await answer.text();
    if (answer.ok) {
        return text ? JSON.parse(text) : undefined;
    }
    throw Object.assign(new GatepostError(answer.status >= 500 || answer.status === 429 ? 'unknown' : 'denied', reason(text) ?? `${answer.status}`),
        { status: answer.status });
}

/** Whether anything of Gatepost's answers there. */
export async function answers({ http }) {
    try {
        await fetch(`${http}/client-worker.js`, { credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
        return true;
    } catch {
        return false;
    }
}

/** What a problem (RFC 9457) says. */
export function reason(text) {
    try {
        return JSON.parse(text).detail;
    } catch {
        return undefined;
    }
}

/** A page of the history, as { messages, next, epoch, … }. */
export function page(session, parameters) {
    const query = Object.entries(parameters).filter(([, value]) => value != null)
        .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('');
    // in the query, as a proxy may change what is encoded in a path
    return call(session, 'GET', `/api/v1/users/messages?user=${encodeURIComponent(session.user)}${kind(session)}${query}`);
}

/** One of several inboxes of a user. */
export function kind({ inbox }) {
    return inbox ? `&inbox=${encodeURIComponent(inbox)}` : '';
}

/** Makes messages done. */
export function acknowledge(session, epoch, offsets) {
    return call(session, 'POST', `/inbox/ack?${kind(session).slice(1)}`, { epoch, offsets });
}

/** How many pages of 200 are looked through for what is unread. */
const LOOK = 5;

/** Says that something was seen, or of each message that it was read or archived. */
export async function mark(session, what, epoch, { offset, upTo }) {
    const user = `user=${encodeURIComponent(session.user)}${kind(session)}`;
    if (what === 'seen') {
        await call(session, 'PUT', `/api/v1/users/seen?${user}`, { epoch, upTo });
        return;
    }
    const change = { read: { read: true }, unread: { read: false }, archive: { archived: true } }[what];
    for (const each of upTo === undefined ? [offset] : await upToThere(session, epoch, upTo, what === 'archive' ? 'archived' : 'read', what !== 'unread')) {
        await call(session, 'PATCH', `/api/v1/users/messages/${each}?${user}`, { epoch, ...change });
    }
}

/** Offsets of messages that have not that state yet; there is no call for all of them. */
async function upToThere(session, epoch, upTo, state, wanted) {
    const offsets = [];
    for (let pages = 0, cursor = `${epoch}.${upTo + 1}.n`; cursor && pages < LOOK; pages++) {
        const { messages, next } = await page(session, { limit: 200, cursor });
        offsets.push(...messages.filter(each => each.state.includes(state) !== wanted).map(each => each.offset));
        cursor = next;
    }
    return offsets;
}
