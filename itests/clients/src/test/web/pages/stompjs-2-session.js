// One session of the old library, with the same methods as that of the new one.
const session = {
    received: [],
    closed: '',
    errors: [],
    beats: { sent: 0, received: 0 },

    connect({ url, login, passcode, heartbeat = [0, 0] }) {
        const client = session.client = Stomp.client(url);
        [client.heartbeat.outgoing, client.heartbeat.incoming] = heartbeat;
        client.debug = line => {
            session.beats.sent += line === '>>> PING';
            session.beats.received += line === '<<< PONG';
        };
        client.onreceipt = frame => session.receipts.get(frame.headers['receipt-id'])();
        return new Promise((connected, refused) => client.connect(login, passcode, connected, reason => {
            session.closed = String(reason);
            session.errors.push(reason.headers ? reason.headers.message : String(reason));
            refused(new Error(session.errors.at(-1)));
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

    disconnect() {
        return new Promise(done => session.client.disconnect(done));
    },
};
