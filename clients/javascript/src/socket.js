import { GatepostError, unique } from './failure.js';
import { HEART_BEAT, Decoder, encode } from './stomp.js';
import { ofFrame } from './message.js';

/** Milliseconds between heart-beats; of a page whose timers may be slowed down more. */
const HEART_BEATS = 10_000;
const SLOW = 75_000;
/** How long a check whether the connection is alive may take, milliseconds. */
const ALIVE = 2_000;

/**
 * A session over a WebSocket of its own.
 *
 * @param session { url, user, token, inbox }
 * @param start gives the headers of SUBSCRIBE for where to begin
 * @param patience milliseconds until it has to be open
 * @param on says isSlow, and is told opened({ expiresIn, epoch, head, gap }), message(content), state(counts), closed({ opened, denied, reason })
 */
export class Socket {
    kind = 'websocket';
    #on;
    #session;
    #start;
    #socket;
    #decoder = new Decoder();
    #receipts = new Map();
    #listeners = new Map();
    #connected;
    #isOpen = false;
    #ended = false;
    #heard = Date.now();
    #said = Date.now();
    #silence;
    #interval;
    #late;

    constructor(session, start, patience, on) {
        this.#on = on;
        this.#session = session;
        this.#start = start;
        this.#socket = new WebSocket(session.url, ['v12.stomp']);
        this.#socket.binaryType = 'arraybuffer';
        this.#socket.onopen = () => this.#connect().catch(() => {});
        this.#socket.onmessage = ({ data }) => this.#came(data);
        this.#socket.onclose = ({ code, reason }) => this.#end(reason || `the connection ended (${code})`);
        this.#late = setTimeout(() => this.#end('the connection did not open in time'), patience);
    }

    async #connect() {
        const { user, token, url, inbox } = this.#session;
        const own = this.#on.isSlow ? SLOW : HEART_BEATS;
        const { headers } = await new Promise(connected => {
            this.#connected = connected;
            this.#write('CONNECT', {
                'accept-version': '1.2',
                'host': new URL(url).hostname,
                'login': user,
                'passcode': token,
                'heart-beat': `${own},${HEART_BEATS}`,
            });
        });
        const [sends, wants] = headers['heart-beat']?.split(',').map(Number) ?? [0, 0];
        this.#silence = sends && 2 * Math.max(sends, HEART_BEATS);
        this.#interval = wants && Math.max(wants, own);
        const started = await this.#subscribe('/gatepost/inbox', message => this.#on.message(ofFrame(message)),
            { 'gatepost-done': 'by-request', 'gatepost-inbox': inbox, ...this.#start() });
        clearTimeout(this.#late);
        this.#isOpen = true;
        this.#on.opened({
            expiresIn: seconds(headers),
            epoch: started['gatepost-epoch'],
            head: Number(started['gatepost-head']),
            gap: started['gatepost-gap'] === 'true',
        });
        this.#subscribe('/gatepost/inbox/state', ({ body }) => this.#on.state(JSON.parse(body)), { 'gatepost-inbox': inbox })
            .catch(() => {});
    }

    #subscribe(destination, listener, headers = {}) {
        const id = String(this.#listeners.size);
        this.#listeners.set(id, listener);
        return this.request('SUBSCRIBE', { id, destination, ack: 'auto', ...headers });
    }

    /** @return a promise of the headers of its RECEIPT */
    request(command, headers, body) {
        const receipt = unique();
        return new Promise((resolve, reject) => {
            if (this.#ended) {
                throw new GatepostError('unknown', 'the connection has ended');
            }
            this.#receipts.set(receipt, { resolve, reject });
            this.#write(command, { ...headers, receipt }, body);
        });
    }

    send(destination, body, headers) {
        return this.request('SEND', { destination, ...headers }, body);
    }

    /** @return a promise, which is kept when it is so and would be after a crash */
    async done(epoch, offsets) {
        const frames = offsets.map(offset => ({ 'gatepost-epoch': epoch, 'gatepost-offset': offset, 'gatepost-inbox': this.#session.inbox }));
        const last = frames.pop();
        frames.forEach(headers => this.#write('SEND', { destination: '/gatepost/inbox/done', ...headers }));
        await this.send('/gatepost/inbox/done', '', last);
    }

    async mark(what, epoch, { offset, upTo }) {
        await this.send(`/gatepost/inbox/${what}`, '', {
            'gatepost-epoch': epoch,
            'gatepost-offset': offset,
            'gatepost-upto': upTo,
            'gatepost-inbox': this.#session.inbox,
        });
    }

    /** Puts another token in place of the session's; a promise of how long that lasts, seconds. */
    async refresh(token) {
        return seconds(await this.send('/gatepost/token', token));
    }

    /** Tells who of the users is on line, from now on; a promise of what ends that. */
    async watch(users, listener) {
        const id = String(this.#listeners.size);
        await this.#subscribe(users.map(user => `/topic/gatepost.presence.${user}`).join(','), ({ body }) => listener(JSON.parse(body)));
        return () => this.request('UNSUBSCRIBE', { id }).catch(() => {});
    }

    /** To be called at each beat. */
    tick() {
        if (this.#interval && Date.now() - this.#said > this.#interval / 2.5) {
            this.#write(HEART_BEAT);
        }
        if (this.#silence && Date.now() - this.#heard > this.#silence) {
            this.#end('nothing was heard for too long');
        }
    }

    /** Is it alive, after whatever the machine or the network went through? It ends if it is not. */
    check() {
        if (this.#isOpen) {
            const heard = this.#heard = Date.now();
            this.mark('seen', 'none', { upTo: 0 }).catch(() => {});
            setTimeout(() => this.#heard === heard && this.#end('it did not answer'), ALIVE);
        }
    }

    close() {
        this.#ended = true;
        this.#leave('closed', 'the inbox was closed');
    }

    #write(command, headers, body) {
        if (this.#socket.readyState === WebSocket.OPEN) {
            this.#said = Date.now();
            this.#socket.send(headers ? encode(command, headers, body) : command);
        }
    }

    #came(data) {
        // two moments are never the same to check()
        this.#heard = Math.max(Date.now(), this.#heard + 1);
        for (const frame of this.#decoder.push(data)) {
            this.#frame(frame);
        }
    }

    #frame(frame) {
        const { command, headers } = frame;
        if (command === 'MESSAGE') {
            this.#listeners.get(headers.subscription)?.(frame);
        } else if (command === 'RECEIPT') {
            this.#receipts.get(headers['receipt-id'])?.resolve(headers);
            this.#receipts.delete(headers['receipt-id']);
        } else if (command === 'CONNECTED') {
            this.#connected?.(frame);
        } else if (command === 'ERROR') {
            const refused = this.#receipts.get(headers['receipt-id']);
            this.#receipts.delete(headers['receipt-id']);
            refused?.reject(new GatepostError('denied', headers.message));
            this.#end(headers.message, true);
        }
    }

    #end(reason, denied = false) {
        if (!this.#ended) {
            this.#ended = true;
            this.#leave('unknown', `it is not known what became of it: ${reason}`);
            this.#on.closed({ opened: this.#isOpen, denied, reason });
        }
    }

    // it is not waited for the other side, which may be gone
    #leave(code, message) {
        clearTimeout(this.#late);
        this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
        this.#socket.close();
        this.#receipts.forEach(({ reject }) => reject(new GatepostError(code, message)));
        this.#receipts.clear();
    }
}

function seconds(headers) {
    const lasting = headers['gatepost-expires-in'];
    return lasting === undefined ? undefined : Number(lasting);
}
