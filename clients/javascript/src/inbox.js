import { Connection } from './connection.js';
import { unique, within } from './failure.js';
import { page } from './http.js';
import { Message, Messages, ofJson } from './message.js';
import { Place } from './place.js';
import { canConnect, sessionOf } from './session.js';

const PATIENCE = 30_000;
/** How many messages that nobody has listened to are kept for whoever comes to. */
const UNHEARD = 1_000;
/** How many one call makes done. */
const BATCH = 1_000;
const QUESTION = 'ask:';
const EVENTS = ['message', 'state', 'gap', 'connected', 'disconnected', 'error', 'done'];
/** When nothing has come for so long, milliseconds, nothing waits any more. */
const SETTLED = 1_500;
const EMPTY = Object.freeze({ epoch: undefined, head: 0, seen: 0, unseen: 0, unread: 0 });

/**
 * Opens the inbox of the user who is signed in to the application, and keeps it open.
 *
 * @param options { session } or { url, user, token }, and what README.md says
 */
export function connect(options) {
    return new Inbox(options);
}

/** The inbox of a user; made by connect. */
export class Inbox {
    #options;
    #connection;
    #place;
    #messages;
    #start;
    #began;
    #settling;
    #gapTold = false;
    #stale = false;
    #lookFailed = false;
    #unheard = [];
    #undone = new Map();
    #flushing = false;
    #handlers = new Map(EVENTS.map(name => [name, new Set()]));
    #subscribers = new Set();
    #questions = new Map();
    #watchers = new Set();
    #snapshot;
    #state = EMPTY;

    constructor(options) {
        const { ack = 'auto', start, keep = 100 } = options;
        if (!['auto', 'manual'].includes(ack)) {
            throw new TypeError(`ack is ${ack}: expected 'auto' or 'manual'`);
        }
        this.#options = { ...options, ack };
        this.#start = start == null ? {} : { 'gatepost-start': start };
        this.#messages = new Messages(keep);
        this.#connection = new Connection(options, {
            start: () => this.#place.headers ?? this.#start,
            user: session => this.#belongsTo(session),
            opened: (begin, link) => this.#opened(begin, link),
            closed: reason => {
                clearTimeout(this.#settling);
                this.#changed();
                this.#emit('disconnected', { reason });
            },
            failed: failure => this.#failed(failure),
            message: content => this.#came(content),
            state: counts => this.#counted(counts),
            tick: () => this.#flush(),
        });
        this.#changed();
        if (canConnect(options)) {
            this.#connection.open();
        }
    }

    /** Calls handler for each 'message', 'state', 'gap', 'connected', 'disconnected', 'error' or 'done'. @return ends that */
    on(event, handler) {
        const handlers = this.#handlers.get(event);
        if (!handlers) {
            throw new TypeError(`there is no event ${event}: expected one of ${EVENTS.join(', ')}`);
        }
        handlers.add(handler);
        if (event === 'message') {
            this.#unheard.splice(0).forEach(message => this.#deliver(message));
        }
        return () => handlers.delete(handler);
    }

    /** For useSyncExternalStore and the like: calls listener when there is another snapshot. @return ends that */
    subscribe = listener => {
        this.#subscribers.add(listener);
        this.#unheard.splice(0).forEach(message => this.#deliver(message));
        return () => this.#subscribers.delete(listener);
    };

    /** @return { connected, state, messages }; the same one until something has changed */
    getSnapshot = () => this.#snapshot;

    get connected() {
        return Boolean(this.#connection.link);
    }

    /** 'websocket', or 'events' where none comes through; undefined while it is not connected. */
    get transport() {
        return this.#connection.link?.kind;
    }

    get user() {
        return this.#connection.session?.user;
    }

    /** { epoch, head, seen, unseen, unread }, as Gatepost told last. */
    get state() {
        return this.#state;
    }

    /** A page of what the inbox keeps, done or not, oldest first; `next` is for the page `before` it. */
    async history({ before, limit = 50 } = {}) {
        const cursor = before?.offset === undefined ? before : `${before.epoch}.${before.offset}.n`;
        const { messages, next } = await this.#page({ limit, cursor });
        const found = messages.reverse().map(json => this.#message(ofJson(json)));
        this.#messages.add(found, true);
        this.#changed();
        return { messages: found, next };
    }

    /** The user has seen everything up to an offset, or all that there was to see. */
    async seen(upTo = Math.max(this.#messages.head(this.#epoch) ?? 0, this.#place?.offset ?? 0) || this.#state.head) {
        if (upTo) {
            await this.#mark('seen', { upTo });
        }
    }

    /** The user has read a message, the one with this offset, { upTo: offset } all up to there, or all that there is. */
    async read(what = { upTo: Math.max(this.#messages.head(this.#epoch) ?? 0, this.#state.head) }) {
        if (what.upTo !== 0) {
            await this.#mark('read', what);
        }
    }

    /** And has not, as it is to look. */
    unread(what) {
        return this.#mark('unread', what);
    }

    /** The user wants to see it no more. */
    archive(what) {
        return this.#mark('archive', what);
    }

    /** Sends a message. The promise is kept when Gatepost has it safely, with the headers of the RECEIPT. */
    send(destination, body = '', headers = {}) {
        const isText = typeof body === 'string' || body instanceof Uint8Array;
        // what has an id comes once, however often it is sent
        return this.#reliably('gatepost-id' in headers, isText
            ? link => link.send(destination, body, headers)
            : link => link.send(destination, JSON.stringify(body), { 'content-type': 'application/json', ...headers }));
    }

    /** Asks the application; a promise of the answer, which has the same correlation-id. */
    async ask(destination, body, { timeout = PATIENCE, headers } = {}) {
        const id = QUESTION + unique();
        try {
            const answer = new Promise(answered => this.#questions.set(id, answered));
            const sent = this.send(destination, body, { ...headers, 'correlation-id': id });
            return (await within(timeout, 'no answer', Promise.all([answer, sent])))[0];
        } finally {
            this.#questions.delete(id);
        }
    }

    /** Tells { user, online, since } of each of the users, now and whenever that changes. @return ends that */
    presence(users, listener) {
        const names = [users].flat().map(String);
        const unusable = names.find(name => !name || /[,*>]/.test(name));
        if (unusable !== undefined) {
            throw new TypeError(`nobody has the name ${unusable}`);
        }
        if (!names.length) {
            return () => {};
        }
        const watcher = { names, listener };
        this.#watchers.add(watcher);
        if (this.#connection.link) {
            this.#watch(watcher, this.#connection.link);
        }
        return () => {
            this.#watchers.delete(watcher);
            watcher.end?.();
        };
    }

    /** Ends it for this page; everything else stays as it is. */
    close() {
        clearTimeout(this.#settling);
        this.#flush();
        this.#connection.close();
        this.#changed();
    }

    get #epoch() {
        return this.#place?.epoch ?? this.#state.epoch;
    }

    #belongsTo({ http, user, inbox = '' }) {
        const { storage = tabStorage() } = this.#options;
        this.#place = new Place(storage, `${http} ${user} ${inbox}`);
        this.#messages.clear();
        this.#unheard = [];
        this.#undone.clear();
        this.#state = EMPTY;
    }

    #opened(begin, link) {
        this.#began = begin;
        this.#settle();
        this.#stale = this.#messages.all.length > 0;
        this.#gapTold = false;
        if (begin.gap) {
            this.#gap();
        }
        this.#flush();
        this.#watchers.forEach(watcher => this.#watch(watcher, link));
        this.#changed();
        this.#emit('connected', { user: this.user, transport: link.kind });
    }

    #gap() {
        if (!this.#gapTold) {
            this.#gapTold = true;
            this.#emit('gap', { epoch: this.#began.epoch });
        }
    }

    /** Whatever comes behind the head of the beginning is new: from there it goes on, though nothing has come from there. */
    #settle() {
        clearTimeout(this.#settling);
        const { epoch, head } = this.#began;
        if (epoch && !(this.#place.epoch === epoch && this.#place.offset >= head)) {
            this.#settling = setTimeout(() => this.#place.reach(epoch, head), SETTLED);
        }
    }

    #came(content) {
        if (content.gap) {
            this.#gap();
        }
        this.#gapTold = false;
        if (!this.#place.isNew(content)) {
            return;
        }
        this.#place.came(content);
        this.#settle();
        const message = this.#message(content);
        const question = content.headers['correlation-id'];
        if (question?.startsWith(QUESTION)) {
            this.#answered(question, message);
            return;
        }
        this.#messages.add([message]);
        this.#changed();
        this.#deliver(message);
    }

    #answered(question, message) {
        const asked = this.#questions.get(question);
        asked?.(message);
        // another tab has asked, which may come back for it; a program that has nothing else to do may end
        setTimeout(() => message.done(), asked ? 0 : 2 * PATIENCE).unref?.();
    }

    #message(content) {
        return new Message(content, message => this.#done(message));
    }

    async #deliver(message) {
        const handlers = [...this.#handlers.get('message')];
        if (!handlers.length && !this.#subscribers.size) {
            this.#unheard.push(message);
            this.#unheard.splice(0, this.#unheard.length - UNHEARD);
            return;
        }
        try {
            await Promise.all(handlers.map(async handler => handler(message)));
            if (this.#options.ack === 'auto') {
                message.done();
            }
        } catch (failure) {
            // it comes again when the page is loaded again
            report(failure);
        }
    }

    #done(message) {
        this.#place.done(message);
        if (message.offset != null && !message.state.includes('done')) {
            const offsets = this.#undone.get(message.epoch) ?? new Set();
            this.#undone.set(message.epoch, offsets.add(message.offset));
            this.#flushing ||= Boolean(setTimeout(() => this.#flush(), 0));
        }
    }

    /** What is done is said until it is known that it was heard. */
    async #flush() {
        this.#flushing = false;
        const { link } = this.#connection;
        for (const [epoch, offsets] of link ? this.#undone : []) {
            const batch = [...offsets].slice(0, BATCH);
            this.#undone.set(epoch, new Set([...offsets].slice(BATCH)));
            if (batch.length) {
                link.done(epoch, batch).catch(({ code }) => {
                    if (code !== 'denied' && code !== 'closed') {
                        this.#undone.set(epoch, new Set([...batch, ...this.#undone.get(epoch) ?? []]));
                    }
                });
            }
        }
    }

    #counted({ changed = {}, ...counts }) {
        const { epoch, unread } = this.#state;
        this.#state = Object.freeze(counts);
        this.#messages.change(counts.epoch, changed);
        const mayDiffer = changed.reload || this.#stale && (this.#lookFailed || epoch !== counts.epoch || unread !== counts.unread);
        this.#stale = false;
        if (mayDiffer) {
            this.#look();
        }
        this.#changed();
        this.#emit('state', { ...counts, changed });
        if (changed.done?.length) {
            this.#emit('done', { epoch: counts.epoch, offsets: changed.done });
        }
    }

    /** What was read meanwhile, elsewhere. */
    async #look() {
        try {
            const { messages } = await this.#page({ limit: 200 });
            this.#lookFailed = false;
            this.#messages.look(messages);
            this.#changed();
        } catch (failure) {
            // with the next session
            this.#lookFailed = true;
            this.#failed(failure);
        }
    }

    async #mark(what, place) {
        const { offset, upTo, epoch = this.#epoch } = typeof place === 'number' ? { offset: place } : place;
        await this.#reliably(true, link => link.mark(what, epoch, { offset, upTo }));
    }

    async #page(parameters) {
        const { session } = this.#connection;
        try {
            return await page(session ?? await sessionOf(this.#options), parameters);
        } catch (failure) {
            if (failure.status !== 401) {
                throw failure;
            }
            return page(await sessionOf(this.#options), parameters);
        }
    }

    /** Does that over the session that is open, or the next one; again after a break, where it may be done twice. */
    async #reliably(again, act) {
        const until = Date.now() + PATIENCE;
        for (;;) {
            const link = await this.#connection.whenOpen(until);
            try {
                return await within(Math.max(1, until - Date.now()), 'no receipt', act(link));
            } catch (failure) {
                if (!again || failure.code !== 'unknown') {
                    throw failure;
                }
                // over HTTP the session may still be open
                await new Promise(over => setTimeout(over, 200));
            }
        }
    }

    async #watch(watcher, link) {
        try {
            const end = await link.watch(watcher.names, state => this.#watchers.has(watcher) && watcher.listener(state));
            watcher.end = end;
            if (!this.#watchers.has(watcher)) {
                end();
            }
        } catch (failure) {
            if (failure.code === 'denied') {
                // asked again it would end the next session, too
                this.#watchers.delete(watcher);
                this.#failed(failure);
            }
        }
    }

    #changed() {
        this.#snapshot = Object.freeze({ connected: this.connected, state: this.#state, messages: Object.freeze(this.#messages.all) });
        this.#subscribers.forEach(listener => guarded(listener));
    }

    #failed(failure) {
        if (!this.#handlers.get('error').size) {
            console.warn('gatepost:', failure.message);
        }
        this.#emit('error', failure);
    }

    #emit(event, about) {
        this.#handlers.get(event).forEach(handler => guarded(handler, about));
    }
}

/** Whoever refuses cookies may refuse that, too. */
function tabStorage() {
    try {
        return globalThis.sessionStorage;
    } catch {
        return null;
    }
}

/** What fails in the page's own code is the page's. */
function guarded(act, ...about) {
    try {
        act(...about);
    } catch (failure) {
        report(failure);
    }
}

function report(failure) {
    (globalThis.reportError ?? console.error)(failure);
}
