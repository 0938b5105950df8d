import { GatepostError, within } from './failure.js';

const PATIENCE = 10_000;

/**
 * Who is signed in, as the application says: { url, user, token }, asked anew for each connection.
 *
 * @param options those of connect()
 * @return { url, http, user, token, expiresIn, inbox }
 */
export async function sessionOf({ session, url, user, token, http, inbox, expiresIn }) {
    const said = typeof session === 'function' ? await within(PATIENCE, 'no session', Promise.resolve(session()))
        : session ? await within(PATIENCE, 'no session', fetched(session))
        : { url, user, token: typeof token === 'function' ? await within(PATIENCE, 'no token', Promise.resolve(token())) : token, expiresIn };
    if (!said?.user || !said.token) {
        throw new GatepostError('signed-out', 'the application has no session: expected { url, user, token }');
    }
    const address = new URL(said.url ?? '/stomp', globalThis.location?.href);
    address.protocol = address.protocol.replace(/^http/, 'ws');
    const calls = new URL(said.http ?? http ?? 'gatepost', address);
    calls.protocol = calls.protocol.replace(/^ws/, 'http');
    return { ...said, inbox, url: address.href, http: calls.href.replace(/\/$/, '') };
}

async function fetched(path) {
    const answer = await fetch(path, { credentials: 'same-origin', cache: 'no-store', headers: { accept: 'application/json' } });
    if (answer.status === 401 || answer.status === 403) {
        throw new GatepostError('signed-out', `the application has no session: ${path} answered ${answer.status}`);
    }
    if (!answer.ok) {
        throw new GatepostError('unknown', `${path} answered ${answer.status}`);
    }
    return answer.json();
}

/** Whether the application gives a new token when it is asked. */
export function renews({ session, token }) {
    return Boolean(session) || typeof token === 'function';
}

/** Whether there is a browser, or a program that can do what one does; not while a page is made on a server. */
export function canConnect({ session }) {
    return typeof WebSocket !== 'undefined' && (typeof location !== 'undefined' || typeof session !== 'string' || /^https?:/.test(session));
}
