/* global StompJs */
// The inbox of the user who is signed in to the application, over npm's @stomp/stompjs 7 (bundles/stomp.umd.min.js).

/** Headers of SUBSCRIBE for all that the inbox keeps: the history, and what waits. */
export const OLDEST = { 'gatepost-start': 'oldest' };

/**
 * Opens the inbox, and again after every interruption, behind what was shown. Every tab may do so, and gets everything.
 *
 * @param session asks the application for { url, user, token }; called before each connection, so that its token is a good one
 * @param show is given each message once, one after the other, as { body, headers, offset, unread }; when its promise is fulfilled,
 *     the message is acknowledged and waits no more
 * @param counts is told { unread, unseen } at once and after each change, with the offsets that were read since as `changed.read`
 * @param gap is told when messages are missing before the next one, as the inbox does not keep them for ever
 * @param state is told what there is to see: 'connected', 'away', or what Gatepost refused
 * @param start headers of the first SUBSCRIBE: what to show when the page was loaded. { 'gatepost-start': -20 } is for 20 messages,
 *     and leaves what waits before them to a page that asks for it
 */
export function openInbox({ session, show, counts = () => {}, gap = () => {}, state = () => {}, start = OLDEST }) {
    const questions = new Map();
    let current;
    let place = start;
    let turn = Promise.resolve();

    const client = new StompJs.Client({
        reconnectDelay: 1_000,
        maxReconnectDelay: 30_000,
        reconnectTimeMode: StompJs.ReconnectionTimeMode.EXPONENTIAL,
        heartbeatIncoming: 20_000,
        heartbeatOutgoing: 20_000,
        // browsers slow a page's own timers down when it is in the background, but not those of a worker
        heartbeatStrategy: StompJs.TickerStrategy.Worker,

        async beforeConnect() {
            current = await untilAnswered(session, () => client.active);
            client.brokerURL = current.url;
            client.connectHeaders = { login: current.user, passcode: current.token };
        },
        onConnect() {
            client.subscribe(`/queue/user.${current.user}`, receive, { ...place, ack: 'client-individual' });
            client.subscribe('/gatepost/inbox/state', ({ body }) => inTurn(() => counts(JSON.parse(body))));
            state('connected');
        },
        onStompError: frame => state(frame.headers.message),
        onWebSocketClose: () => state('away'),
    });

    function receive(message) {
        const { body, headers } = message;
        const question = headers['correlation-id'];
        questions.get(question)?.(body);
        inTurn(async () => {
            if (headers['gatepost-gap']) {
                gap();
            }
            if (isBehind(place, headers)) {
                if (!question) {
                    await show({ body, headers, offset: Number(headers['gatepost-offset']), unread: isUnread(headers) });
                }
                place = placeOf(headers) ?? place;
            }
            message.ack();
        });
    }

    // what fails here is not acknowledged, and comes again when the page is loaded again
    function inTurn(act) {
        turn = turn.then(act).catch(reportError);
    }

    /** Sends a message. The promise is fulfilled once Gatepost has it safely, and rejected when that is not known. */
    function send(destination, body, headers = {}) {
        const receipt = crypto.randomUUID();
        return within(15_000, 'no receipt', done => {
            client.watchForReceipt(receipt, done);
            client.publish({ destination, body, headers: { ...headers, receipt } });
        });
    }

    /** Asks the application. The promise is fulfilled with its answer. */
    async function ask(body) {
        const id = crypto.randomUUID();
        try {
            const answer = within(30_000, 'no answer', done => questions.set(id, done));
            const sent = send('/queue/app.inbox', body, { 'correlation-id': id });
            return (await Promise.all([answer, sent]))[0];
        } finally {
            questions.delete(id);
        }
    }

    /** The user has read this message. */
    const read = ({ headers }) => send('/gatepost/inbox/read', '', placeOf(headers));

    /** The user has read, or seen, all that was shown. */
    const readAll = () => upToPlace('read');
    const seen = () => upToPlace('seen');

    async function upToPlace(what) {
        const { 'gatepost-offset': upTo, 'gatepost-epoch': epoch } = place;
        if (upTo) {
            await send(`/gatepost/inbox/${what}`, '', { 'gatepost-upto': upTo, 'gatepost-epoch': epoch });
        }
    }

    client.activate();
    return { send, ask, read, readAll, seen, close: () => client.deactivate() };
}

/** Where a message is, in the headers of SUBSCRIBE; nothing for one that is not kept on the disk. */
export function placeOf({ 'gatepost-offset': offset, 'gatepost-epoch': epoch }) {
    return offset && { 'gatepost-offset': offset, 'gatepost-epoch': epoch };
}

/** Offsets rise as long as the epoch is the same. What has none comes once. */
export function isBehind(place, { 'gatepost-offset': offset, 'gatepost-epoch': epoch }) {
    return !offset || epoch !== place['gatepost-epoch'] || Number(offset) > Number(place['gatepost-offset']);
}

function isUnread({ 'gatepost-offset': offset, 'gatepost-state': state = '' }) {
    return offset !== undefined && !/read|archived/.test(state);
}

async function untilAnswered(session, wanted) {
    for (let wait = 1_000; ; wait = Math.min(2 * wait, 30_000)) {
        try {
            return await session();
        } catch (failure) {
            if (!wanted()) {
                throw failure;
            }
            await new Promise(over => setTimeout(over, wait));
        }
    }
}

function within(milliseconds, failure, begin) {
    return new Promise((done, failed) => {
        const timer = setTimeout(() => failed(new Error(failure)), milliseconds);
        begin(value => {
            clearTimeout(timer);
            done(value);
        });
    });
}
