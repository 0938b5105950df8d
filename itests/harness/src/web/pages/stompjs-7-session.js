// One session of the new library, with the same methods as that of the old one.
const session = {
    received: [],
    closed: '',
    noticed: false,
    errors: [],
    beats: { sent: 0, received: 0 },
    connections: 0,

    /** @param options of the library's, such as splitLargeFrames or reconnectDelay; it connects once unless they say more */
    connect({ url, login, passcode, heartbeat = [0, 0], options = {} }) {
        return new Promise((connected, refused) => {
            session.client = new StompJs.Client({
                brokerURL: url,
                connectHeaders: { login, passcode },
                heartbeatOutgoing: heartbeat[0],
                heartbeatIncoming: heartbeat[1],
                reconnectDelay: 0,
                debug: line => {
                    session.noticed ||= line.startsWith('did not receive server activity');
                    session.beats.sent += line === '>>> PING';
                    session.beats.received += line === '<<< PONG';
                },
                onConnect: frame => {
                    session.connections++;
                    for (const [destination, headers] of session.wanted) {
                        session.client.subscribe(destination, message => session.received.push(message), { ...headers });
                    }
                    connected(frame);
                },
                onStompError: frame => {
                    session.errors.push(frame.headers.message);
                    refused(new Error(frame.headers.message));
                },
                onWebSocketClose: event => {
                    session.closed = 'closed with ' + event.code;
                    refused(new Error(session.closed));
                },
                ...options,
            });
            session.client.activate();
        });
    },

    lastReceipt: 0,
    wanted: [],

    receipt() {
        const id = 'r' + ++session.lastReceipt;
        return [id, new Promise(arrived => session.client.watchForReceipt(id, arrived))];
    },

    subscribe(destination, headers = {}) {
        const [receipt, arrived] = session.receipt();
        session.wanted.push([destination, headers]);
        session.subscription = session.client.subscribe(destination, message => session.received.push(message),
            { ...headers, receipt });
        return arrived;
    },

    send(destination, body, headers = {}) {
        const [receipt, arrived] = session.receipt();
        const content = body instanceof Uint8Array ? { binaryBody: body } : { body };
        session.client.publish({ destination, headers: { ...headers, receipt }, ...content });
        return arrived;
    },

    lastBytes() {
        return Array.from(session.received.at(-1).binaryBody);
    },

    acknowledge(index) {
        const [receipt, arrived] = session.receipt();
        session.received[index].ack({ receipt });
        return arrived;
    },

    fallSilent() {
        session.client.webSocket.send = () => {};
    },

    disconnect() {
        return session.client.deactivate();
    },
};
