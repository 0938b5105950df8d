// One session of the old library, with the same methods as that of the new one.
const session = {
    received: [],
    closed: '',
    noticed: false,
    errors: [],
    beats: { sent: 0, received: 0 },

    connect({ url, login, passcode, heartbeat = [0, 0] }) {
        const client = session.client = Stomp.client(url);
        [client.heartbeat.outgoing, client.heartbeat.incoming] = heartbeat;
        client.debug = line => {
            session.noticed ||= line.startsWith('did not receive server activity');
            session.beats.sent += line === '>>> PING';
            session.beats.received += line === '<<< PONG';
        };
        client.onreceipt = frame => session.receipts.get(frame.headers['receipt-id'])();
        return new Promise((connected, refused) => client.connect(login, passcode, connected, reason => {
            // called for an ERROR frame, and with a text when the connection is gone
            if (reason.headers) {
                // this library leaves escapes in headers as they are; the body says the same
                session.errors.push(reason.body);
            } else {
                session.closed = reason;
            }
            refused(new Error(session.errors.concat(reason)[0]));
        }));
    },

    receipts: new Map(),
    lastReceipt: 0,

    receipt() {
        const id = 'r' + ++session.lastReceipt;
        return [id, new Promise(arrived => session.receipts.set(id, arrived))];
    },

    subscribe(destination, headers = {}) {
        const [receipt, arrived] = session.receipt();
        session.subscription = session.client.subscribe(destination, message => session.received.push(message),
            { ...headers, receipt });
        return arrived;
    },

    send(destination, body, headers = {}) {
        const [receipt, arrived] = session.receipt();
        session.client.send(destination, { ...headers, receipt }, body);
        return arrived;
    },

    /** The bytes of the newest message: this library hands out a binary one as a string of one character a byte. */
    lastBytes() {
        return Array.from(session.received.at(-1).body, character => character.charCodeAt(0));
    },

    /** Acknowledges one of the messages that have come. */
    acknowledge(index) {
        const [receipt, arrived] = session.receipt();
        session.received[index].ack({ receipt });
        return arrived;
    },

    /** Sends nothing any more, not even heart-beats. */
    fallSilent() {
        session.client.ws.send = () => {};
    },

    disconnect() {
        return new Promise(done => session.client.disconnect(done));
    },
};
