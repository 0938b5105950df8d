// STOMP 1.2 as bytes: https://stomp.github.io/stomp-specification-1.2.html

const ESCAPES = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', ':': '\\c' };
const UNESCAPES = { '\\\\': '\\', '\\n': '\n', '\\r': '\r', '\\c': ':' };
const LF = 10;
const CR = 13;
const utf8 = new TextEncoder();
const text = new TextDecoder();

/** What keeps a connection alive. */
export const HEART_BEAT = '\n';

/**
 * A frame as it is sent: text, or bytes where its body is bytes.
 *
 * @param headers those that are null or undefined are left out
 */
export function encode(command, headers, body = '') {
    const bytes = typeof body === 'string' ? utf8.encode(body) : body;
    const lines = [command];
    for (const [name, value] of Object.entries(bytes.length ? { ...headers, 'content-length': bytes.length } : headers)) {
        if (value != null) {
            lines.push(`${escaped(command, name)}:${escaped(command, value)}`);
        }
    }
    const head = `${lines.join('\n')}\n\n`;
    return typeof body === 'string' ? `${head}${body}\0` : joined(joined(utf8.encode(head), bytes), [0]);
}

function escaped(command, value) {
    const whole = String(value);
    if (command !== 'CONNECT') {
        return whole.replace(/[\\\n\r:]/g, character => ESCAPES[character]);
    }
    // for the sake of STOMP 1.0, nothing is escaped there
    if (/[\n\r\0]/.test(whole)) {
        throw new TypeError('a line end in what signs in');
    }
    return whole;
}

function joined(left, right) {
    const both = new Uint8Array(left.length + right.length);
    both.set(left);
    both.set(right, left.length);
    return both;
}

/** Makes frames of what comes, however it was cut. */
export class Decoder {
    #rest = new Uint8Array(0);

    /**
     * @param data text or bytes, as a WebSocket gives them
     * @return the frames that are whole by now, as { command, headers, body }; a body that is not UTF-8 is bytes
     */
    push(data) {
        const more = typeof data === 'string' ? utf8.encode(data) : new Uint8Array(data);
        const bytes = this.#rest.length ? joined(this.#rest, more) : more;
        const frames = [];
        let at = 0;
        for (;;) {
            while (bytes[at] === LF || bytes[at] === CR) {
                at++;
            }
            const whole = frameAt(bytes, at);
            if (!whole) {
                this.#rest = bytes.slice(at);
                return frames;
            }
            frames.push(whole.frame);
            at = whole.end;
        }
    }
}

function frameAt(bytes, start) {
    let body = -1;
    for (let at = bytes.indexOf(LF, start); at >= 0 && body < 0; at = bytes.indexOf(LF, at + 1)) {
        if (bytes[at + 1] === LF) {
            body = at + 2;
        } else if (bytes[at + 1] === CR && bytes[at + 2] === LF) {
            body = at + 3;
        }
    }
    if (body < 0) {
        return undefined;
    }
    const [command, ...lines] = text.decode(bytes.subarray(start, body)).split(/\r?\n/);
    const headers = {};
    for (const line of lines) {
        const colon = line.indexOf(':');
        if (colon > 0) {
            // of one that is repeated the first counts
            headers[unescaped(command, line.slice(0, colon))] ??= unescaped(command, line.slice(colon + 1));
        }
    }
    const length = headers['content-length'];
    const end = length === undefined ? bytes.indexOf(0, body) : body + Number(length);
    if (end < 0 || end >= bytes.length) {
        return undefined;
    }
    return { frame: { command, headers, body: bodyOf(bytes.slice(body, end)) }, end: end + 1 };
}

function unescaped(command, value) {
    return command === 'CONNECTED' ? value : value.replace(/\\[\\nrc]/g, pair => UNESCAPES[pair]);
}

function bodyOf(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        return bytes;
    }
}
