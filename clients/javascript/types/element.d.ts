import type { Inbox, Message } from './index.js';

/** `<gatepost-inbox session="/notifications/session">` */
export class GatepostInbox extends HTMLElement {
    /** Of the attribute `session`, or one that the page has opened. */
    inbox: Inbox | undefined;
    /** Whether the list is to be seen. */
    open: boolean;
    /** May be replaced: gives the content of a message's entry. */
    render: (message: Message) => Node;
}

declare global {
    interface HTMLElementTagNameMap {
        'gatepost-inbox': GatepostInbox;
    }
    interface HTMLElementEventMap {
        'gatepost-message': CustomEvent<Message>;
        'gatepost-select': CustomEvent<Message>;
        'gatepost-unseen': CustomEvent<number>;
        'gatepost-error': CustomEvent<Error>;
    }
}
