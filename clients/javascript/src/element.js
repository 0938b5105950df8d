import { connect } from './inbox.js';
import { STYLE } from './style.js';

/** Attributes that are texts, and what they are where nobody says anything else. */
const TEXTS = {
    'label': 'Notifications',
    'unseen-text': 'new',
    'unread-text': 'unread',
    'empty-text': 'Nothing here yet',
    'read-all-text': 'Mark all as read',
    'older-text': 'Older',
    'gap-text': 'Some messages are no longer kept',
    'away-text': 'Not connected',
};
const PAGE = 20;
const TURBO = 'text/vnd.turbo-stream.html';
const template = `<button part="button" aria-expanded="false" aria-controls="panel">
<slot name="label"></slot> <span part="badge" hidden></span> <span class="heard unseen"></span></button>
<span class="heard told" role="status" aria-live="polite"></span>
<div id="panel" part="panel" role="region" hidden>
<div part="bar"><strong part="heading"></strong><span part="state"></span><button part="read-all"></button></div>
<p part="gap" hidden></p><p part="empty"><slot name="empty"></slot></p>
<ul part="list"></ul>
<button part="older" hidden></button></div>`;

// where there is no browser there is nothing to extend, and nobody who makes one
const Base = globalThis.HTMLElement ?? class {};
let style;

/**
 * `<gatepost-inbox session="/notifications/session">`: how many messages are new, and what they are.
 *
 * Of a message that is JSON, `title`, `body` and `url` are shown; of any other its text. A Turbo Stream is handed to Turbo.
 */
export class GatepostInbox extends Base {
    static observedAttributes = Object.keys(TEXTS);

    #inbox;
    #isOwn = false;
    #undo = [];
    #items = new Map();
    #next;
    #asked = false;
    #unseen = 0;

    constructor() {
        super();
        const root = this.attachShadow({ mode: 'open' });
        root.innerHTML = template;
        style ??= sheet();
        root.adoptedStyleSheets = [style];
        this.#part('button').onclick = () => this.#show(!this.open);
        this.#part('read-all').onclick = () => this.#ask(() => this.#inbox.read());
        this.#part('older').onclick = () => this.#ask(() => this.#older());
        root.addEventListener('keydown', ({ key }) => {
            if (key === 'Escape' && this.open) {
                this.#show(false);
                this.#part('button').focus();
            }
        });
    }

    connectedCallback() {
        this.#texts();
        if (!this.#inbox && this.hasAttribute('session')) {
            this.#use(connect({ session: this.getAttribute('session') }), true);
        }
    }

    disconnectedCallback() {
        // it may only have been moved
        setTimeout(() => this.isConnected || this.#use(undefined, false));
    }

    attributeChangedCallback() {
        this.#texts();
    }

    /** The inbox that is shown: of the attribute `session`, or one that the page has opened. */
    get inbox() {
        return this.#inbox;
    }

    set inbox(inbox) {
        this.#use(inbox, false);
    }

    /** Whether the list is to be seen. */
    get open() {
        return !this.#part('panel').hidden;
    }

    set open(open) {
        this.#show(open);
    }

    /** May be replaced: gives the content of a message's entry, a text or a node. */
    render = message => {
        const { title, body, url } = contentOf(message);
        const content = document.createElement(url ? 'a' : 'span');
        content.setAttribute('part', 'content');
        if (url) {
            content.href = url;
        }
        if (title) {
            const heading = document.createElement('strong');
            heading.setAttribute('part', 'title');
            heading.textContent = title;
            content.append(heading, ' ');
        }
        content.append(body ?? '');
        return content;
    };

    #use(inbox, isOwn) {
        this.#undo.splice(0).forEach(undo => undo());
        if (this.#isOwn) {
            this.#inbox.close();
        }
        this.#inbox = inbox;
        this.#isOwn = isOwn;
        this.#asked = false;
        this.#next = undefined;
        if (!inbox) {
            return;
        }
        this.#undo = [
            inbox.subscribe(() => this.#draw()),
            inbox.on('gap', () => this.#part('gap').hidden = false),
            inbox.on('message', message => {
                if (message.contentType?.startsWith(TURBO)) {
                    globalThis.Turbo?.renderStreamMessage(message.body);
                }
                this.dispatchEvent(new CustomEvent('gatepost-message', { detail: message, bubbles: true }));
            }),
            // somebody who listens is no reason for a line in the console
            inbox.on('error', failure => this.dispatchEvent(new CustomEvent('gatepost-error', { detail: failure }))),
        ];
        this.#draw();
    }

    #show(open) {
        this.#part('panel').hidden = !open;
        this.#part('button').setAttribute('aria-expanded', open);
        if (open) {
            this.#ask(() => this.#inbox.seen());
        }
    }

    #draw() {
        const { connected, state, messages } = this.#inbox.getSnapshot();
        if (connected && !this.#asked) {
            this.#asked = true;
            this.#ask(() => this.#older());
        }
        this.#count(state.unseen);
        this.#part('state').textContent = connected ? '' : this.#text('away-text');
        this.#part('read-all').hidden = state.unread === 0;
        this.#list(messages.filter(isShown).reverse());
        if (this.open && state.unseen && document.visibilityState === 'visible') {
            this.#ask(() => this.#inbox.seen());
        }
    }

    #count(unseen) {
        const badge = this.#part('badge');
        badge.textContent = unseen > 99 ? '99+' : unseen;
        badge.hidden = unseen === 0;
        const text = this.#text('unseen-text');
        // what is seen of the badge is part of the button's name
        this.#find('.unseen').textContent = unseen ? text : '';
        if (unseen !== this.#unseen) {
            this.#find('.told').textContent = unseen > this.#unseen ? `${unseen} ${text}` : '';
            this.#unseen = unseen;
            this.dispatchEvent(new CustomEvent('gatepost-unseen', { detail: unseen, bubbles: true }));
        }
    }

    /** Entries stay where they are as long as their message does, so that the focus does. */
    #list(messages) {
        const list = this.#part('list');
        const items = new Map();
        messages.forEach((message, index) => {
            const key = `${message.epoch}.${message.offset}.${message.id}`;
            let item = this.#items.get(key);
            if (item?.message !== message) {
                item = { message, entry: this.#entry(message, item?.entry) };
            }
            items.set(key, item);
            if (list.children[index] !== item.entry) {
                list.insertBefore(item.entry, list.children[index] ?? null);
            }
        });
        while (list.children.length > messages.length) {
            list.lastChild.remove();
        }
        this.#items = items;
        this.#part('empty').hidden = messages.length > 0;
    }

    #entry(message, entry = document.createElement('li')) {
        const isUnread = message.offset != null && !message.state.includes('read');
        entry.setAttribute('part', isUnread ? 'message unread' : 'message');
        if (!entry.firstChild) {
            entry.append(this.render(message));
            const button = document.createElement('button');
            button.setAttribute('part', 'read');
            button.textContent = '\u25cf';
            entry.append(button);
            entry.onclick = () => this.#chosen(this.#items.get(`${message.epoch}.${message.offset}.${message.id}`)?.message ?? message);
        }
        const button = entry.lastChild;
        // it keeps the focus when it has done what it is for
        button.setAttribute('aria-disabled', !isUnread);
        button.setAttribute('aria-label', isUnread ? `${this.#text('unread-text')}: ${entry.firstChild.textContent}` : entry.firstChild.textContent);
        return entry;
    }

    #chosen(message) {
        if (!message.state.includes('read')) {
            this.#ask(() => this.#inbox.read(message));
        }
        this.dispatchEvent(new CustomEvent('gatepost-select', { detail: message, bubbles: true }));
    }

    async #older() {
        const { next } = await this.#inbox.history({ before: this.#next, limit: PAGE });
        this.#next = next;
        this.#part('older').hidden = !next;
    }

    /** What fails here is tried again by whoever looks. */
    #ask(act) {
        if (this.#inbox) {
            act().catch(failure => this.dispatchEvent(new CustomEvent('gatepost-error', { detail: failure })));
        }
    }

    #texts() {
        this.#find('slot[name=label]').textContent = this.#text('label');
        this.#part('panel').setAttribute('aria-label', this.#text('label'));
        this.#part('heading').textContent = this.#text('label');
        this.#part('read-all').textContent = this.#text('read-all-text');
        this.#part('older').textContent = this.#text('older-text');
        this.#part('gap').textContent = this.#text('gap-text');
        this.#find('slot[name=empty]').textContent = this.#text('empty-text');
        if (this.#inbox) {
            this.#draw();
        }
    }

    #text(name) {
        return this.getAttribute(name) ?? TEXTS[name];
    }

    #part(name) {
        return this.#find(`[part~=${name}]`);
    }

    #find(selector) {
        return this.shadowRoot.querySelector(selector);
    }
}

function isShown({ contentType, state }) {
    return !contentType?.startsWith(TURBO) && !state.includes('archived');
}

function contentOf(message) {
    if (/json/.test(message.contentType ?? '')) {
        try {
            const { title, body, text, url } = message.json();
            // nothing that would be run
            return { title, body: body ?? text, url: /^(https?:|\/|[^:]*$)/.test(url ?? ':') ? url : undefined };
        } catch {
            // it only says so
        }
    }
    return { body: typeof message.body === 'string' ? message.body : '' };
}

/** One for all, which no Content-Security-Policy refuses. */
function sheet() {
    const made = new CSSStyleSheet();
    made.replaceSync(STYLE);
    return made;
}

globalThis.customElements?.define('gatepost-inbox', GatepostInbox);
