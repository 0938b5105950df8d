/* global StompJs */
// The inbox of the user who is signed in to the application, over npm's @stomp/stompjs 7 (bundles/stomp.umd.min.js).

/**
 * Opens the inbox, and again after every interruption.
 *
 * @param session asks the application for { url, user, token }; called before each connection, so that its token is a good one
 * @param show is given each message once, as { id, body, headers }; when its promise is fulfilled, the message is acknowledged
 *     and gone from the queue
 * @param state is told what there is to see: 'connected', 'away', or what Gatepost refused
 */
export function openInbox({ session, show, state = () => {} }) {
    const showOnce = once(show);
    const questions = new Map();
    let current;

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
            client.subscribe(`/queue/user.${current.user}`, receive, { ack: 'client-individual' });
            state('connected');
        },
        onStompError: frame => state(frame.headers.message),
        onWebSocketClose: () => state('away'),
    });

    // what fails here is not acknowledged, and comes again with the next connection
    async function receive(message) {
        const answered = questions.get(message.headers['correlation-id']);
        if (answered) {
            answered(message.body);
        } else {
            await showOnce({ id: message.headers['message-id'], body: message.body, headers: message.headers });
        }
        message.ack();
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

    client.activate();
    return { send, ask, close: () => client.deactivate() };
}

/**
 * One connection for all tabs of this browser. Every tab may open its inbox and gets everything; a page with many tabs spares
 * connections if one tab holds it and tells the others. When that tab is closed the next one takes over.
 *
 * @param name of the user, so that two users of one browser do not share
 */
export function shareInbox(name, { session, show, state }) {
    const showOnce = once(show);
    const tabs = new BroadcastChannel(`inbox of ${name}`);
    tabs.onmessage = ({ data }) => showOnce(data);

    navigator.locks.request(`inbox of ${name}`, () => new Promise(() => {
        openInbox({
            session,
            state,
            async show(message) {
                tabs.postMessage(message);
                await showOnce(message);
            },
        });
    }));
}

// A message whose acknowledgement did not arrive comes again, with the same id.
function once(show) {
    const shown = new Set();
    return async message => {
        if (!shown.has(message.id)) {
            shown.add(message.id);
            try {
                await show(message);
            } catch (failure) {
                shown.delete(message.id);
                throw failure;
            }
        }
    };
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
