import { Backoff } from './backoff.js';
import { BEAT, beat } from './beat.js';
import { Events } from './events.js';
import { GatepostError } from './failure.js';
import { answers } from './http.js';
import { renews, sessionOf } from './session.js';
import { SharedEvents, canShare } from './shared.js';
import { Socket } from './socket.js';

/** How often a WebSocket may fail to open before the stream of events is tried: where none has come through yet, and where one has. */
const MISSES = { never: 3, before: 10 };
/**
 * Browsers let whoever has opened many WebSockets in vain wait for seconds with the next. So where several have failed, Gatepost is asked
 * whether it is there first; but for each so-manieth try, as HTTP may not come through where a WebSocket does.
 */
const UNASKED = 5;
/** When a WebSocket is tried again, milliseconds. */
const AGAIN = 300_000;
/** Whoever was connected for so long, milliseconds, comes back as fast as at first. */
const STEADY = 10_000;
/** How long opening may take, milliseconds: what got lost on its way comes no sooner than the next try; each third has time. */
const PATIENCES = [4_000, 4_000, 12_000];
/** A token is put in place of the last when so much of its time is over. */
const RENEWAL = 0.75;

/**
 * Keeps a session open: over a WebSocket, or a stream of events where none comes through.
 *
 * @param options those of connect()
 * @param on is told user(session), opened(begin, link), message(content), state(counts), closed(reason), failed(error), tick();
 *     start() gives the headers of SUBSCRIBE
 */
export class Connection {
    session;
    #options;
    #on;
    #backoff = new Backoff();
    #link;
    #openSince;
    #attempts = 0;
    #misses = 0;
    #cameThrough = false;
    #timer;
    #renewAt = Infinity;
    #renewal;
    #renewing = false;
    #closed = false;
    #waiting = new Set();
    #beats;
    #events = new AbortController();

    constructor(options, on) {
        this.#options = options;
        this.#on = on;
    }

    open() {
        this.#beats = beat(() => this.#tick(), () => this.wake());
        const { signal } = this.#events;
        for (const [target, name, force] of [
            [globalThis, 'online', true],
            [globalThis, 'pageshow', false],
            [globalThis.document, 'resume', false],
            [globalThis.document, 'visibilitychange', false],
        ]) {
            target?.addEventListener?.(name, () => globalThis.document?.visibilityState !== 'hidden' && this.wake(force), { signal });
        }
        this.#attempt();
    }

    /** The session that is open, or undefined. */
    get link() {
        return this.#openSince ? this.#link : undefined;
    }

    /** @return a promise of the session once it is open; it fails at a moment, in milliseconds as Date.now() has them */
    whenOpen(until) {
        if (this.link) {
            return Promise.resolve(this.link);
        }
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => waiting.fail(new GatepostError('timeout', 'not connected')), Math.max(0, until - Date.now()));
            const end = settle => value => {
                clearTimeout(timer);
                this.#waiting.delete(waiting);
                settle(value);
            };
            const waiting = { open: end(resolve), fail: end(reject) };
            if (this.#closed) {
                waiting.fail(new GatepostError('closed', 'the inbox was closed'));
            } else {
                this.#waiting.add(waiting);
            }
        });
    }

    /** Something has happened to page or machine: does the session live, and can it be had now if there is none? */
    wake(force = false) {
        if (this.#closed) {
            return;
        }
        if (this.link) {
            this.link.check(force);
        } else if (this.#timer || force && this.#link) {
            this.#link?.close();
            clearTimeout(this.#timer);
            this.#attempt();
        }
    }

    close() {
        this.#closed = true;
        clearTimeout(this.#timer);
        clearTimeout(this.#renewal);
        this.#beats?.end();
        this.#events.abort();
        this.#link?.close();
        this.#link = this.#openSince = undefined;
        this.#waiting.forEach(({ fail }) => fail(new GatepostError('closed', 'the inbox was closed')));
    }

    async #attempt() {
        this.#timer = undefined;
        const attempt = ++this.#attempts;
        this.#link = undefined;
        try {
            const session = await sessionOf(this.#options);
            const isThere = this.#misses < MISSES.never || attempt % UNASKED === 0 || await answers(session);
            if (attempt !== this.#attempts || this.#closed) {
                return;
            }
            if (isThere) {
                this.#use(session);
                this.#link = this.#begin(session, attempt, Socket);
            } else {
                this.#later();
            }
        } catch (failure) {
            if (attempt === this.#attempts && !this.#closed) {
                this.#on.failed(failure);
                this.#later();
            }
        }
    }

    #use(session) {
        const isOther = session.user !== this.session?.user;
        this.session = session;
        if (isOther) {
            this.#on.user(session);
        }
    }

    #begin(session, attempt, Link) {
        const isSocket = Link === Socket;
        const ifCurrent = act => (...about) => attempt === this.#attempts && act(...about);
        return new Link(session, () => this.#on.start(), PATIENCES[attempt % PATIENCES.length], {
            isSlow: this.#beats.isSlow,
            opened: ifCurrent(begin => {
                this.#openSince = Date.now();
                if (isSocket) {
                    this.#misses = 0;
                    this.#cameThrough = true;
                }
                this.#renewAfter(begin.expiresIn ?? session.expiresIn);
                this.#on.opened(begin, this.#link);
                this.#waiting.forEach(({ open }) => open(this.#link));
            }),
            message: ifCurrent(content => this.#on.message(content)),
            state: ifCurrent(counts => this.#on.state(counts)),
            closed: ifCurrent(({ opened, denied, reason }) => {
                // right behind a WebSocket that has failed: where that was for Gatepost's absence, this fails, too
                if (isSocket && !opened && !denied && ++this.#misses >= this.#limit()) {
                    this.#link = this.#begin(session, attempt, canShare() ? SharedEvents : Events);
                } else {
                    this.#closedBy(denied, reason);
                }
            }),
        });
    }

    #limit() {
        return this.#cameThrough ? MISSES.before : MISSES.never;
    }

    #closedBy(denied, reason) {
        const lasting = this.#openSince && Date.now() - this.#openSince;
        this.#link = this.#openSince = undefined;
        clearTimeout(this.#renewal);
        this.#renewAt = Infinity;
        if (lasting > STEADY) {
            this.#backoff.reset();
        }
        if (lasting !== undefined) {
            this.#on.closed(reason);
        } else if (denied) {
            this.#on.failed(new GatepostError('denied', reason));
        }
        this.#later();
    }

    #later() {
        this.#timer = setTimeout(() => this.#attempt(), this.#backoff.next());
    }

    #tick() {
        const now = Date.now();
        this.#link?.tick();
        if (now >= this.#renewAt) {
            this.#renew();
        }
        if (this.link?.kind === 'events' && now - this.#openSince > AGAIN) {
            this.#link.close();
            this.#closedBy(false, 'a WebSocket is tried again');
        }
        this.#on.tick();
    }

    #renewAfter(seconds) {
        clearTimeout(this.#renewal);
        this.#renewAt = Infinity;
        if (seconds !== undefined && renews(this.#options)) {
            const lasting = seconds * 1_000 * RENEWAL;
            this.#renewAt = Date.now() + lasting;
            // what a beat would come too late for
            if (lasting < 4 * BEAT) {
                this.#renewal = setTimeout(() => this.#renew(), lasting);
            }
        }
    }

    /** Another token in place of the one that ends, in the open session. */
    async #renew() {
        const attempt = this.#attempts;
        if (this.#renewing || !this.link) {
            return;
        }
        this.#renewing = true;
        try {
            const session = await sessionOf(this.#options);
            if (attempt !== this.#attempts || !this.link) {
                return;
            }
            if (session.user !== this.session.user) {
                this.#link.close();
                this.#closedBy(false, 'somebody else has signed in');
                return;
            }
            this.session = session;
            const lasting = await this.#link.refresh(session.token);
            if (attempt === this.#attempts) {
                this.#renewAfter(lasting);
            }
        } catch (failure) {
            // there is time left: with the next beat
            this.#on.failed(failure);
        } finally {
            this.#renewing = false;
        }
    }
}
