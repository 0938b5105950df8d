/** What Gatepost says in headers of a frame, and does not belong to what the sender wrote. */
const NOT_THE_SENDERS = /^(gatepost-.*|destination|subscription|ack|message-id|content-length|content-type|persistent|redelivered|timestamp|expires)$/;

/** A MESSAGE frame in the words that the stream of events has for it. */
export function ofFrame({ headers, body }) {
    const number = name => name in headers ? Number(headers[name]) : undefined;
    return {
        offset: number('gatepost-offset'),
        epoch: headers['gatepost-epoch'],
        id: headers['gatepost-id'] ?? headers['message-id'],
        body,
        from: headers['gatepost-user'],
        timestamp: number('timestamp'),
        contentType: headers['content-type'],
        state: headers['gatepost-state']?.split(',') ?? [],
        redelivered: headers.redelivered === 'true',
        gap: headers['gatepost-gap'] === 'true',
        replaces: number('gatepost-replaces'),
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_THE_SENDERS.test(name))),
    };
}

/** The same of what HTTP answers, or an event of the stream says. */
export function ofJson({ messageId, base64, ...json }) {
    return {
        redelivered: false,
        gap: false,
        headers: {},
        ...json,
        id: json.id ?? messageId,
        body: json.body ?? Uint8Array.from(atob(base64 ?? ''), character => character.charCodeAt(0)),
    };
}

/** A message of the inbox. It does not change: of one that was read there is another one. */
export class Message {
    #done;

    /** @param done is told when whoever has it is done with it */
    constructor(content, done) {
        Object.assign(this, content);
        this.#done = done;
        Object.freeze(this);
    }

    /** What is in the body, which has to be JSON. */
    json() {
        return JSON.parse(this.body);
    }

    /** Whoever uses this inbox has the message and needs it no more; in all tabs, and on all devices. */
    done() {
        this.#done(this);
    }

    /** @return the same with another state, such as ['done', 'read'] */
    with(state) {
        return new Message({ ...this, state }, this.#done);
    }
}

/** What the page knows of the inbox, in order; nothing twice. Each change makes another array. */
export class Messages {
    all = [];
    #keep;
    #epochs = [];
    #counter = 0;
    #places = new WeakMap();

    /** @param keep how many to keep of those that come; what was asked for of the history is kept besides */
    constructor(keep) {
        this.#keep = keep;
    }

    /** Puts messages where they belong. */
    add(messages, fromHistory = false) {
        const known = new Set(this.all.filter(({ offset }) => offset != null).map(keyOf));
        const more = messages.filter(message => message.offset == null || !known.has(keyOf(message)));
        // one that has no place comes behind what was there before it
        let last = this.all.at(-1);
        for (const message of more) {
            const epoch = message.epoch ?? last?.epoch;
            if (!this.#epochs.includes(epoch)) {
                this.#epochs.push(epoch);
            }
            const offset = message.offset ?? this.#places.get(last)?.[1] ?? 0;
            this.#places.set(message, [this.#epochs.indexOf(epoch), offset, this.#counter++]);
            last = message;
        }
        if (fromHistory) {
            this.#keep += more.length;
        }
        this.all = [...this.all, ...more].sort((one, other) => this.#compare(one, other)).slice(-this.#keep);
    }

    #compare(one, other) {
        const [left, right] = [this.#places.get(one), this.#places.get(other)];
        const at = left.findIndex((part, index) => part !== right[index]);
        return at < 0 ? 0 : left[at] - right[at];
    }

    /** What the inbox has told of changes: { read, unread, archived, done, withdrawn }, each a list of offsets. */
    change(epoch, { withdrawn = [], unread = [], ...states }) {
        const gone = new Set(withdrawn);
        const added = Object.entries(states).filter(([, offsets]) => Array.isArray(offsets));
        this.all = this.all.filter(message => message.epoch !== epoch || !gone.has(message.offset)).map(message => {
            if (message.epoch !== epoch || message.offset == null) {
                return message;
            }
            const more = added.filter(([, offsets]) => offsets.includes(message.offset)).map(([state]) => state);
            const less = unread.includes(message.offset) ? ['read', 'archived'] : [];
            const state = [...new Set([...message.state, ...more])].filter(word => !less.includes(word));
            return state.length === message.state.length && !less.length ? message : this.#instead(message, state);
        });
    }

    /** The states that messages have by now. */
    look(messages) {
        const states = new Map(messages.map(message => [keyOf(message), message.state]));
        this.all = this.all.map(message => {
            const state = states.get(keyOf(message));
            return state && message.offset != null ? this.#instead(message, state) : message;
        });
    }

    #instead(message, state) {
        const changed = message.with(state);
        this.#places.set(changed, this.#places.get(message));
        return changed;
    }

    /** @return the highest offset of an epoch, or undefined */
    head(epoch) {
        return this.all.findLast(message => message.epoch === epoch && message.offset != null)?.offset;
    }

    clear() {
        this.all = [];
    }
}

function keyOf({ epoch, offset }) {
    return `${epoch}.${offset}`;
}
