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

/** A name that nobody else takes, and that need not be hard to guess. */
export function unique() {
    return [0, 0].map(() => Math.random().toString(36).slice(2)).join('');
}

/** What comes of a promise, unless that takes longer than so many milliseconds. */
export function within(milliseconds, what, promise) {
    let timer;
    const late = new Promise((_, failed) => {
        timer = setTimeout(() => failed(new GatepostError('timeout', `${what} within ${milliseconds} ms`)), milliseconds);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
