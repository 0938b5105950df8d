import { GatepostError } from './failure.js';
import { acknowledge, call, kind, mark, reason } from './http.js';
import { ofJson } from './message.js';

/** A comment comes every 15 seconds, milliseconds. */
const SILENCE = 40_000;
const WATCH = 10_000;

/** Text of an event stream to events (HTML, section 9.2). */
export class EventDecoder {
    #rest = '';
    #event = {};

    /** @return the events that are whole by now, as { event, id, data } */
    push(text) {
        const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
        this.#rest = lines.pop();
        const events = [];
        for (const line of lines) {
            const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line);
            if (line === '') {
                if (this.#event.data !== undefined) {
                    events.push(this.#event);
                }
                this.#event = {};
            } else if (field) {
                const before = field === 'data' ? this.#event.data : undefined;
                this.#event[field] = before === undefined ? value : `${before}\n${value}`;
            }
        }
        return events;
    }
}

/** What is said by calls, where no WebSocket comes through. */
export class Calls {
    kind = 'events';

    constructor(session) {
        this.session = session;
    }

    async send() {
        throw new GatepostError('unsupported', 'sending needs a WebSocket, which does not come through here');
    }

    async done(epoch, offsets) {
        await acknowledge(this.session, epoch, offsets);
    }

    async mark(what, epoch, place) {
        await mark(this.session, what, epoch, place);
    }

    /** Nobody tells without a WebSocket: it is asked now and then, and told what has changed. */
    async watch(users, listener) {
        const known = {};
        const ask = async () => {
            const { users: states } = await call(this.session, 'GET', `/api/v1/presence?users=${users.map(encodeURIComponent).join(',')}`);
            states.filter(({ user, online }) => known[user] !== online).forEach(state => {
                known[state.user] = state.online;
                listener(state);
            });
        };
        await ask();
        // where that fails it is asked again, and the stream tells of what lasts
        const timer = setInterval(() => ask().catch(() => {}), WATCH);
        return () => clearInterval(timer);
    }
}

/** A session over Server-Sent Events; as Socket is. */
export class Events extends Calls {
    #on;
    #start;
    #stream = new AbortController();
    #id;
    #isOpen = false;
    #ended = false;
    #heard = Date.now();
    #late;

    constructor(session, start, patience, on) {
        super(session);
        this.#on = on;
        this.#start = start;
        this.#late = setTimeout(() => this.#end('the stream did not begin in time'), patience);
        this.#read().then(() => this.#end('the stream ended'), failure => this.#end(failure.message, failure.code === 'denied'));
    }

    async #read() {
        const { 'gatepost-offset': offset, 'gatepost-epoch': epoch, 'gatepost-start': from } = this.#start();
        const place = offset != null ? `&after=${epoch}.${offset}` : from ? `&start=${from}` : '';
        const answer = await fetch(`${this.session.http}/inbox?state=true${kind(this.session)}${place}`, {
            headers: { authorization: `Bearer ${this.session.token}` },
            credentials: 'omit',
            cache: 'no-store',
            signal: this.#stream.signal,
        });
        if (!answer.ok || !answer.body) {
            throw new GatepostError(answer.status < 500 ? 'denied' : 'unknown', reason(await answer.text()) ?? `${answer.status}`);
        }
        const decoder = new EventDecoder();
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
            this.#heard = Date.now();
            decoder.push(part.value).forEach(event => this.#came(event));
        }
    }

    #came({ event = 'message', data }) {
        const said = JSON.parse(data);
        if (this.#ended) {
            return;
        }
        if (event === 'begin') {
            clearTimeout(this.#late);
            this.#isOpen = true;
            this.#id = said.session;
            this.#on.opened(said);
        } else if (event === 'state') {
            this.#on.state(said);
        } else if (event === 'message') {
            this.#on.message(ofJson(said));
        } else if (event === 'end') {
            this.#end(said.reason, true);
        }
    }

    async refresh(token) {
        const { expiresIn } = await call(this.session, 'POST', '/inbox/token', { session: this.#id, token });
        this.session = { ...this.session, token };
        return expiresIn;
    }

    tick() {
        if (Date.now() - this.#heard > SILENCE) {
            this.#end('nothing was heard for too long');
        }
    }

    /** Nobody can be asked whether the stream is alive: it begins anew where nothing was heard for long, or where it is forced. */
    check(force) {
        if (force || Date.now() - this.#heard > SILENCE / 2) {
            this.#end('page or machine have slept');
        }
    }

    close() {
        this.#ended = true;
        clearTimeout(this.#late);
        this.#stream.abort();
    }

    #end(reason, denied = false) {
        if (!this.#ended) {
            this.close();
            this.#on.closed({ opened: this.#isOpen, denied, reason });
        }
    }
}
