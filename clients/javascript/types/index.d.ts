/** What the application answers for whoever is signed in to it. */
export interface Session {
    /** Of the WebSocket, such as wss://gatepost.example.com/stomp; /stomp of the page's own server where it is left out. */
    url?: string;
    /** Of the HTTP calls; gatepost beside `url` where it is left out. */
    http?: string;
    user: string;
    /** A token that the application has signed. */
    token: string;
    /** For how many seconds the token lasts; Gatepost says so itself. */
    expiresIn?: number;
}

export interface Options {
    /** The path that answers with the session, or what gives it. Asked before each connection, and before the token ends. */
    session?: string | (() => Session | Promise<Session>);
    url?: string;
    http?: string;
    user?: string;
    token?: string | (() => string | Promise<string>);
    /** 'auto': a message is done when the handlers have returned and their promises are kept. 'manual': when done() is called. */
    ack?: 'auto' | 'manual';
    /** Where to begin when nothing is remembered: 'oldest', 'new', or -20 for the last 20; what is not done where it is left out. */
    start?: 'oldest' | 'new' | number;
    /** Which inbox, where users have several. */
    inbox?: string;
    /** How many messages the snapshot has, besides those of the history; 100. */
    keep?: number;
    /** Remembers how far the page has come; sessionStorage where it is left out, null for none. */
    storage?: Pick<Storage, 'getItem' | 'setItem'> | null;
}

export type MessageState = 'done' | 'read' | 'archived';

/** A message of the inbox. It does not change. */
export interface Message {
    /** Its place, which is above those of earlier messages of the epoch; nothing for one that is not kept on the disk. */
    readonly offset?: number;
    readonly epoch?: string;
    /** What the sender called it, or else Gatepost. */
    readonly id: string;
    /** Text; bytes where it is none. */
    readonly body: string | Uint8Array;
    /** Who sent it, as they signed in. */
    readonly from?: string;
    /** Milliseconds since 1970. */
    readonly timestamp?: number;
    readonly contentType?: string;
    /** What the sender wrote besides. */
    readonly headers: Readonly<Record<string, string>>;
    readonly state: readonly MessageState[];
    /** An earlier connection had it already. */
    readonly redelivered: boolean;
    /** Messages before it may be missing. */
    readonly gap: boolean;
    /** The offset of the message whose place it takes. */
    readonly replaces?: number;
    json<T = unknown>(): T;
    /** It is needed no more, in no tab and on no device. */
    done(): void;
}

export interface State {
    readonly epoch?: string;
    /** The highest offset. */
    readonly head: number;
    readonly seen: number;
    readonly unseen: number;
    readonly unread: number;
}

/** What has changed of which messages: offsets. */
export interface Changed {
    readonly read?: readonly number[];
    readonly unread?: readonly number[];
    readonly archived?: readonly number[];
    readonly done?: readonly number[];
    readonly withdrawn?: readonly number[];
    /** It is too much to name. */
    readonly reload?: boolean;
}

export interface Snapshot {
    readonly connected: boolean;
    readonly state: State;
    /** Oldest first; nothing twice. */
    readonly messages: readonly Message[];
}

export interface Presence {
    readonly user: string;
    readonly online: boolean;
    /** Milliseconds since 1970; null where it is not known. */
    readonly since: number | null;
}

export interface Page {
    /** Oldest first. */
    readonly messages: readonly Message[];
    /** For the page before it; nothing where there is none. */
    readonly next?: string;
}

export interface Events {
    message: (message: Message) => unknown;
    state: (state: State & { readonly changed: Changed }) => void;
    /** Messages before the next one may be missing: the inbox does not keep them for ever. */
    gap: (gap: { readonly epoch: string }) => void;
    connected: (connected: { readonly user: string; readonly transport: Transport }) => void;
    disconnected: (disconnected: { readonly reason: string }) => void;
    error: (error: Error & { readonly code?: ErrorCode }) => void;
    /** Messages are done, here or elsewhere. */
    done: (done: { readonly epoch: string; readonly offsets: readonly number[] }) => void;
}

export type Transport = 'websocket' | 'events';

export type ErrorCode = 'denied' | 'unknown' | 'timeout' | 'closed' | 'signed-out' | 'unsupported';

export class GatepostError extends Error {
    constructor(code: ErrorCode, message: string);
    readonly name: 'GatepostError';
    readonly code: ErrorCode;
}

/** A message, its offset, or all up to an offset; of the present epoch where none is said. */
export type Which = Message | number | { offset: number; epoch?: string } | { upTo: number; epoch?: string };

export class Inbox {
    private constructor();
    /** @returns ends that */
    on<E extends keyof Events>(event: E, handler: Events[E]): () => void;
    readonly connected: boolean;
    readonly transport: Transport | undefined;
    readonly user: string | undefined;
    readonly state: State;
    history(options?: { before?: string | Message; limit?: number }): Promise<Page>;
    seen(upTo?: number): Promise<void>;
    read(which?: Which): Promise<void>;
    unread(which: Which): Promise<void>;
    archive(which: Which): Promise<void>;
    /** Kept when Gatepost has it safely, with the headers of the RECEIPT. What is neither text nor bytes goes as JSON. */
    send(destination: string, body?: unknown, headers?: Record<string, string | number | boolean>): Promise<Readonly<Record<string, string>>>;
    /** @param options timeout in milliseconds; 30,000 */
    ask(destination: string, body?: unknown, options?: { timeout?: number; headers?: Record<string, string | number | boolean> }): Promise<Message>;
    /** @returns ends that */
    presence(users: string | number | readonly (string | number)[], listener: (presence: Presence) => void): () => void;
    /** For useSyncExternalStore. @returns ends that */
    subscribe: (listener: () => void) => () => void;
    getSnapshot: () => Snapshot;
    close(): void;
}

export function connect(options: Options): Inbox;
