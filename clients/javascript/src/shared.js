import { page } from './http.js';
import { BEAT } from './beat.js';
import { Calls, Events } from './events.js';
import { ofJson } from './message.js';

/** Who holds the stream and says nothing for so long, milliseconds, sleeps: browsers freeze tabs. */
const ASLEEP = 2.5 * BEAT;
const PAGE = 200;

/** Whether tabs can agree who of them holds the stream; over plain http they cannot. */
export function canShare() {
    return typeof BroadcastChannel !== 'undefined' && Boolean(globalThis.navigator?.locks);
}

/**
 * One stream of events for all tabs of a browser, of which HTTP/1.1 has six connections a host: the tab that has the lock holds it and
 * tells the others. Calls each tab makes by itself, with a token of its own. As Socket is.
 */
export class SharedEvents extends Calls {
    #on;
    #start;
    #patience;
    #name;
    #tabs;
    #wanted = new AbortController();
    #stream;
    #leave;
    #begin;
    #counts;
    #behind;
    #isOpen = false;
    #ended = false;
    #heard = Date.now();
    #late;
    #freeze = () => this.#end('the page was frozen');

    constructor(session, start, patience, on) {
        super(session);
        this.#on = on;
        this.#start = start;
        this.#patience = patience;
        this.#name = `gatepost ${session.http} ${session.user} ${session.inbox ?? ''}`;
        this.#tabs = new BroadcastChannel(this.#name);
        this.#tabs.onmessage = ({ data: [what, about] }) => this.#told(what, about);
        this.#tabs.postMessage(['hello']);
        this.#late = setTimeout(() => this.#end('no tab has the stream'), 2 * patience);
        globalThis.document?.addEventListener('freeze', this.#freeze);
        this.#request({ signal: this.#wanted.signal });
    }

    /** To hold the stream as soon as nobody else does. */
    #request(options) {
        navigator.locks.request(this.#name, options, () => this.#ended || this.#hold())
            .catch(() => this.#stream && this.#end('another tab has taken the stream over'));
    }

    /** @return a promise that lasts for as long as this tab holds the stream */
    #hold() {
        // what another tab has told until now has been shown: it goes on there
        this.#stream = new Events(this.session, this.#start, this.#patience, {
            opened: begin => {
                this.#begin = begin;
                this.#tell('here', { begin });
                this.#opened(begin);
            },
            message: content => this.#tell('message', content),
            state: counts => this.#tell('state', this.#counts = counts),
            closed: ({ denied, reason }) => {
                this.#tabs.postMessage(['gone', reason]);
                this.#end(reason, denied);
            },
        });
        return new Promise(leave => this.#leave = leave);
    }

    #tell(what, about) {
        this.#tabs.postMessage([what, about]);
        this.#on[what]?.(about);
    }

    #told(what, about) {
        this.#heard = Date.now();
        if (this.#stream) {
            if (what === 'hello' && this.#begin) {
                this.#tabs.postMessage(['here', { begin: this.#begin, counts: this.#counts }]);
            }
        } else if (what === 'gone') {
            this.#end(about);
        } else if (what === 'here' && !this.#isOpen) {
            this.#behind ??= this.#catchUp(about).catch(failure => this.#end(failure.message, failure.code === 'denied'));
        } else if (what === 'message' || what === 'state') {
            // behind what this tab has to fetch first, if it has
            (this.#behind ?? Promise.resolve()).then(() => this.#isOpen && this.#on[what](about));
        }
    }

    /** The stream began before this tab was there. */
    async #catchUp({ begin, counts }) {
        const { 'gatepost-offset': offset, 'gatepost-epoch': epoch, 'gatepost-start': start } = this.#start();
        const isBehind = offset != null;
        const isGap = isBehind && epoch !== begin.epoch;
        this.#opened({ ...begin, gap: isGap });
        if (counts) {
            this.#on.state(counts);
        }
        if (start === 'new' && !isBehind) {
            return;
        }
        if (!isBehind && start < 0) {
            const { messages } = await page(this.session, { limit: Math.min(PAGE, -start) });
            messages.reverse().forEach(each => this.#on.message(ofJson(each)));
            return;
        }
        let cursor = isBehind && !isGap ? `${epoch}.${offset}.o` : undefined;
        const everything = isBehind || start === 'oldest';
        do {
            const { messages, next } = await page(this.session, { order: 'oldest', limit: PAGE, cursor });
            messages.filter(({ state }) => everything || !state.includes('done')).forEach(each => this.#on.message(ofJson(each)));
            cursor = next;
        } while (cursor && !this.#ended);
    }

    #opened(begin) {
        if (!this.#isOpen) {
            clearTimeout(this.#late);
            this.#isOpen = true;
            this.#on.opened(begin);
        }
    }

    /** Only who holds the stream has a session to refresh; the others' tokens are for calls. */
    async refresh(token) {
        this.session = { ...this.session, token };
        return this.#stream ? this.#stream.refresh(token) : this.session.expiresIn;
    }

    tick() {
        if (this.#stream) {
            this.#stream.tick();
            this.#tabs.postMessage(['beat']);
        } else if (Date.now() - this.#heard > ASLEEP) {
            this.#heard = Date.now();
            this.#wanted.abort();
            this.#request({ steal: true });
        }
    }

    check(force) {
        if (this.#stream) {
            this.#stream.check(force);
        }
    }

    close() {
        this.#ended = true;
        clearTimeout(this.#late);
        globalThis.document?.removeEventListener('freeze', this.#freeze);
        this.#wanted.abort();
        this.#stream?.close();
        this.#leave?.();
        this.#tabs.close();
    }

    #end(reason, denied = false) {
        if (!this.#ended) {
            this.close();
            this.#on.closed({ opened: this.#isOpen, denied, reason });
        }
    }
}
