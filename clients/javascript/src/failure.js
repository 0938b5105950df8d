/**
 * What did not come about. Its `code` is
 * 'denied' where Gatepost has refused it, 'unknown' where the connection broke before it was answered, 'timeout', 'closed',
 * 'signed-out' where the application has no session for whoever asks, 'unsupported' where it needs a WebSocket.
 */
export class GatepostError extends Error {
    constructor(code, message) {
        super(message);
        this.name = 'GatepostError';
        this.code = code;
    }
}

/** A name that nobody else takes; crypto.randomUUID is there for pages over https only. */
export function unique() {
    return Array.from(crypto.getRandomValues(new Uint32Array(4)), part => part.toString(36)).join('-');
}

/** What comes of a promise, unless that takes longer than so many milliseconds. */
export function within(milliseconds, what, promise) {
    let timer;
    const late = new Promise((_, failed) => {
        timer = setTimeout(() => failed(new GatepostError('timeout', `${what} within ${milliseconds} ms`)), milliseconds);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
