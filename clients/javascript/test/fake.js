import { Decoder, encode } from '../src/stomp.js';

/** A WebSocket of which a test is the other side. */
export class FakeSocket {
    static OPEN = 1;
    static all = [];
    readyState = 0;
    frames = [];
    #decoder = new Decoder();

    constructor(url, protocols) {
        this.url = url;
        this.protocols = protocols;
        FakeSocket.all.push(this);
        queueMicrotask(() => FakeSocket.refusing ? this.break() : this.#open());
    }

    #open() {
        this.readyState = 1;
        this.onopen?.();
    }

    send(data) {
        const frames = this.#decoder.push(data);
        this.frames.push(...frames);
        frames.forEach(frame => this.answer(frame));
    }

    /** As Gatepost would; a test takes its place where it wants something else. */
    answer({ command, headers }) {
        if (command === 'CONNECT') {
            this.tell('CONNECTED', { version: '1.2', 'heart-beat': '5000,10000', ...FakeSocket.expiresIn && { 'gatepost-expires-in': FakeSocket.expiresIn } });
        } else if (headers.receipt && !FakeSocket.silent?.(headers)) {
            const inbox = headers.destination === '/gatepost/inbox' ? { 'gatepost-epoch': 'e', 'gatepost-head': 0, ...FakeSocket.begin } : {};
            this.tell('RECEIPT', { 'receipt-id': headers.receipt, ...inbox });
        }
    }

    tell(command, headers, body) {
        queueMicrotask(() => this.onmessage?.({ data: encode(command, headers, body) }));
    }

    message(offset, body = String(offset), headers = {}) {
        const [{ headers: { id } }] = this.sent('SUBSCRIBE', '/gatepost/inbox');
        this.tell('MESSAGE', { subscription: id, 'message-id': `ID:${offset}`, 'gatepost-offset': offset, 'gatepost-epoch': 'e', ...headers }, body);
    }

    sent(command, destination) {
        return this.frames.filter(frame => frame.command === command && (!destination || frame.headers.destination === destination));
    }

    /** The network goes. */
    break() {
        this.readyState = 3;
        this.onclose?.({ code: 1006, reason: '' });
    }

    close() {
        this.readyState = 3;
    }

    static reset() {
        Object.assign(FakeSocket, { all: [], refusing: false, expiresIn: undefined, silent: undefined, begin: undefined });
        globalThis.WebSocket = FakeSocket;
    }

    static get last() {
        return FakeSocket.all.at(-1);
    }
}

export async function until(condition, milliseconds = 5_000) {
    for (const end = Date.now() + milliseconds; !condition();) {
        if (Date.now() > end) {
            throw new Error(`not so within ${milliseconds} ms: ${condition}`);
        }
        await new Promise(over => setTimeout(over, 5));
    }
}
