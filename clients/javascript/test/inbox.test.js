import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { connect } from '../src/index.js';
import { FakeSocket, until } from './fake.js';

const who = { url: 'ws://localhost/stomp', user: 'alice', token: async () => 'token' };
const dones = socket => socket.sent('SEND', '/gatepost/inbox/done').map(({ headers }) => Number(headers['gatepost-offset']));
let inbox;

beforeEach(() => FakeSocket.reset());
afterEach(() => inbox?.close());

async function opened(options) {
    inbox = connect({ ...who, ...options });
    const got = [];
    const events = [];
    inbox.on('message', ({ body }) => got.push(body));
    for (const event of ['connected', 'disconnected', 'gap', 'error']) {
        inbox.on(event, () => events.push(event));
    }
    await until(() => inbox.connected);
    return { got, events };
}

test('it signs in, and begins with what is not done', async () => {
    await opened();
    const [connecting] = FakeSocket.last.sent('CONNECT');
    assert.deepEqual([FakeSocket.last.url, FakeSocket.last.protocols], ['ws://localhost/stomp', ['v12.stomp']]);
    assert.equal(connecting.headers.login, 'alice');
    assert.equal(connecting.headers.passcode, 'token');
    const { id, receipt, ...headers } = FakeSocket.last.sent('SUBSCRIBE', '/gatepost/inbox')[0].headers;
    assert.deepEqual(headers, { destination: '/gatepost/inbox', ack: 'auto', 'gatepost-done': 'by-request' });
});

test('after a break it goes on behind what it has shown, and shows nothing twice', async () => {
    const { got, events } = await opened();
    FakeSocket.last.message(1);
    FakeSocket.last.message(2);
    await until(() => got.length === 2);
    FakeSocket.last.break();
    await until(() => FakeSocket.all.length === 2 && inbox.connected);
    const { headers } = FakeSocket.last.sent('SUBSCRIBE', '/gatepost/inbox')[0];
    assert.equal(headers['gatepost-offset'], '2');
    assert.equal(headers['gatepost-epoch'], 'e');
    FakeSocket.last.message(2);
    FakeSocket.last.message(3);
    await until(() => got.length === 3);
    assert.deepEqual(got, ['1', '2', '3']);
    assert.deepEqual(events, ['connected', 'disconnected', 'connected']);
});

test('a gap is told once, before the message behind it', async () => {
    FakeSocket.begin = { 'gatepost-gap': true };
    const order = [];
    inbox = connect(who);
    inbox.on('gap', () => order.push('gap'));
    inbox.on('message', ({ body }) => order.push(body));
    await until(() => inbox.connected);
    FakeSocket.last.message(1, 'a', { 'gatepost-gap': true });
    FakeSocket.last.message(2, 'b');
    FakeSocket.last.message(1, 'c', { 'gatepost-gap': true, 'gatepost-epoch': 'f' });
    await until(() => order.includes('c'));
    assert.deepEqual(order, ['gap', 'a', 'b', 'gap', 'c']);
});

test('a message is done when its handlers are, and not when one of them has failed', async () => {
    let finish;
    const reported = [];
    globalThis.reportError = failure => reported.push(failure.message);
    inbox = connect(who);
    inbox.on('message', ({ body }) => body === 'slow' ? new Promise(done => finish = done) : undefined);
    inbox.on('message', async ({ body }) => {
        if (body === 'bad') {
            throw new Error('no');
        }
    });
    await until(() => inbox.connected);
    FakeSocket.last.message(1, 'slow');
    FakeSocket.last.message(2, 'bad');
    FakeSocket.last.message(3, 'good');
    await until(() => dones(FakeSocket.last).length === 1);
    assert.deepEqual(dones(FakeSocket.last), [3]);
    assert.deepEqual(reported, ['no']);
    finish();
    await until(() => dones(FakeSocket.last).length === 2);
    assert.deepEqual(dones(FakeSocket.last), [3, 1]);
});

test('with ack manual a message is done when somebody says so', async () => {
    const got = [];
    inbox = connect({ ...who, ack: 'manual' });
    inbox.on('message', message => got.push(message));
    await until(() => inbox.connected);
    FakeSocket.last.message(1);
    FakeSocket.last.message(2);
    await until(() => got.length === 2);
    await new Promise(over => setTimeout(over, 20));
    assert.deepEqual(dones(FakeSocket.last), []);
    got[1].done();
    await until(() => dones(FakeSocket.last).length === 1);
    assert.deepEqual(dones(FakeSocket.last), [2]);
    assert.throws(() => connect({ ...who, ack: 'never' }), TypeError);
});

test('what is done is said again over the next connection, unless it is known that it was heard', async () => {
    const { got } = await opened();
    FakeSocket.last.message(1);
    await until(() => dones(FakeSocket.last).length === 1);
    FakeSocket.silent = ({ destination }) => destination === '/gatepost/inbox/done';
    FakeSocket.last.message(2);
    FakeSocket.last.message(3);
    await until(() => dones(FakeSocket.last).length === 3);
    FakeSocket.last.break();
    FakeSocket.silent = undefined;
    await until(() => FakeSocket.all.length === 2 && dones(FakeSocket.last).length === 2);
    assert.deepEqual(dones(FakeSocket.last), [2, 3]);
    assert.deepEqual(got, ['1', '2', '3']);
});

test('messages that nobody listens to wait for who does, and are not done until then', async () => {
    inbox = connect(who);
    await until(() => inbox.connected);
    FakeSocket.last.message(1);
    await until(() => inbox.getSnapshot().messages.length === 1);
    assert.deepEqual(dones(FakeSocket.last), []);
    const got = [];
    inbox.on('message', ({ body }) => got.push(body));
    await until(() => dones(FakeSocket.last).length === 1);
    assert.deepEqual(got, ['1']);
});

test('a snapshot is the same until something has changed, and never changes itself', async () => {
    await opened();
    const first = inbox.getSnapshot();
    assert.equal(inbox.getSnapshot(), first);
    let told = 0;
    const undo = inbox.subscribe(() => told++);
    FakeSocket.last.message(1);
    await until(() => told === 1);
    const second = inbox.getSnapshot();
    assert.notEqual(second, first);
    assert.deepEqual([first.messages.length, second.messages.length, second.connected], [0, 1, true]);
    assert.ok(Object.isFrozen(second) && Object.isFrozen(second.messages) && Object.isFrozen(second.messages[0]));
    undo();
    FakeSocket.last.break();
    assert.equal(told, 1);
    assert.equal(inbox.getSnapshot().connected, false);
});

test('a promise of send is kept by the RECEIPT, and broken by the ERROR that names it, or by a break that leaves it open', async () => {
    await opened();
    const receipt = await inbox.send('/queue/user.bob', { a: 1 });
    assert.ok(receipt['receipt-id']);
    const [sent] = FakeSocket.last.sent('SEND', '/queue/user.bob');
    assert.deepEqual([sent.body, sent.headers['content-type']], ['{"a":1}', 'application/json']);

    FakeSocket.silent = ({ destination }) => destination?.startsWith('/queue/');
    const refused = inbox.send('/queue/other', 'x');
    await until(() => FakeSocket.last.sent('SEND', '/queue/other').length);
    FakeSocket.last.tell('ERROR', { message: 'Denied: write queue://other', 'receipt-id': FakeSocket.last.sent('SEND', '/queue/other')[0].headers.receipt });
    await assert.rejects(refused, { name: 'GatepostError', code: 'denied', message: 'Denied: write queue://other' });

    await until(() => inbox.connected);
    const open = inbox.send('/queue/user.bob', 'x');
    const safe = inbox.send('/queue/user.bob', 'y', { 'gatepost-id': 'once' });
    await until(() => FakeSocket.last.sent('SEND', '/queue/user.bob').length === 2);
    FakeSocket.silent = undefined;
    FakeSocket.last.break();
    await assert.rejects(open, { code: 'unknown' });
    await safe;
    assert.deepEqual(FakeSocket.last.sent('SEND', '/queue/user.bob').map(({ body }) => body), ['y']);
});

test('an answer is for who has asked, and no message', async () => {
    const { got } = await opened();
    const answer = inbox.ask('/queue/app.inbox', 'how many?');
    await until(() => FakeSocket.last.sent('SEND', '/queue/app.inbox').length);
    const id = FakeSocket.last.sent('SEND', '/queue/app.inbox')[0].headers['correlation-id'];
    FakeSocket.last.message(1, '17', { 'correlation-id': id });
    FakeSocket.last.message(2, 'for another tab', { 'correlation-id': 'ask:other' });
    FakeSocket.last.message(3, 'live');
    assert.equal((await answer).body, '17');
    await until(() => got.length);
    assert.deepEqual(got, ['live']);
    await assert.rejects(inbox.ask('/queue/app.inbox', 'again', { timeout: 20 }), { code: 'timeout' });
});

test('who is on line is asked again on each connection, and not by who was refused', async () => {
    const { events } = await opened();
    const told = [];
    const undo = inbox.presence(['bob', 43], state => told.push(state.user));
    const topic = '/topic/gatepost.presence.bob,/topic/gatepost.presence.43';
    await until(() => FakeSocket.last.sent('SUBSCRIBE', topic).length);
    FakeSocket.last.tell('MESSAGE', { subscription: FakeSocket.last.sent('SUBSCRIBE', topic)[0].headers.id }, '{"user":"bob","online":true,"since":1}');
    await until(() => told.length);
    FakeSocket.silent = ({ destination }) => destination === '/topic/gatepost.presence.eve';
    inbox.presence('eve', () => {});
    const eves = () => FakeSocket.last.sent('SUBSCRIBE', '/topic/gatepost.presence.eve');
    await until(() => eves().length);
    FakeSocket.last.tell('ERROR', { message: 'Denied: read topic://gatepost.presence.eve', 'receipt-id': eves()[0].headers.receipt });
    await until(() => FakeSocket.all.length === 2 && inbox.connected && FakeSocket.last.sent('SUBSCRIBE', topic).length);
    assert.equal(eves().length, 0);
    assert.ok(events.includes('error'));
    undo();
    assert.equal(FakeSocket.last.sent('UNSUBSCRIBE').length, 1);
    assert.throws(() => inbox.presence('a,b', () => {}), TypeError);
    const frames = FakeSocket.last.frames.length;
    inbox.presence([], () => {})();
    assert.equal(FakeSocket.last.frames.length, frames);
});

test('what was read meanwhile is looked for again when that has failed', async t => {
    const { got, events } = await opened();
    let calls = 0;
    t.mock.method(globalThis, 'fetch', async () => {
        if (++calls === 1) {
            throw new TypeError('the network is away');
        }
        return Response.json({ messages: [{ epoch: 'e', offset: 1, state: ['read'] }] });
    });
    const back = async (times, counts) => {
        FakeSocket.last.break();
        await until(() => FakeSocket.all.length === times && inbox.connected);
        const [{ headers: { id } }] = FakeSocket.last.sent('SUBSCRIBE', '/gatepost/inbox/state');
        FakeSocket.last.tell('MESSAGE', { subscription: id }, JSON.stringify(counts));
    };
    FakeSocket.last.message(1);
    await until(() => got.length);
    await back(2, { epoch: 'e', unread: 1 });
    await until(() => events.includes('error'));
    // the numbers are as they were when it was missed
    await back(3, { epoch: 'e', unread: 1 });
    await until(() => inbox.getSnapshot().messages[0].state.includes('read'));
});

test('where Gatepost answers nothing no WebSocket is tried, but for a few', async t => {
    let calls = 0;
    t.mock.method(globalThis, 'fetch', async () => {
        if (++calls === 1) {
            throw new TypeError('nobody is there');
        }
        FakeSocket.refusing = false;
        return new Response('');
    });
    FakeSocket.refusing = true;
    inbox = connect(who);
    await until(() => calls === 1, 10_000);
    assert.equal(FakeSocket.all.length, 3);
    await until(() => inbox.connected, 10_000);
});

test('another token takes the place of one that ends, in the open session', async () => {
    FakeSocket.expiresIn = 1;
    let tokens = 0;
    inbox = connect({ ...who, token: async () => `token ${++tokens}` });
    await until(() => FakeSocket.all.length && FakeSocket.last.sent('SEND', '/gatepost/token').length, 2_000);
    assert.equal(FakeSocket.last.sent('SEND', '/gatepost/token')[0].body, 'token 2');
    assert.equal(FakeSocket.all.length, 1);
});

test('what was seen is everything that was shown, and a message is marked in its own epoch', async () => {
    const { got } = await opened();
    FakeSocket.last.message(5);
    await until(() => got.length);
    await inbox.seen();
    await inbox.read(inbox.getSnapshot().messages[0]);
    await inbox.read({ upTo: 4 });
    await inbox.read();
    await inbox.archive(3);
    const marks = FakeSocket.last.frames.filter(({ headers }) => /inbox.(seen|read|archive)/.test(headers.destination))
        .map(({ headers }) => [headers.destination, headers['gatepost-epoch'], headers['gatepost-offset'], headers['gatepost-upto']]);
    assert.deepEqual(marks, [
        ['/gatepost/inbox/seen', 'e', undefined, '5'],
        ['/gatepost/inbox/read', 'e', '5', undefined],
        ['/gatepost/inbox/read', 'e', undefined, '4'],
        ['/gatepost/inbox/read', 'e', undefined, '5'],
        ['/gatepost/inbox/archive', 'e', '3', undefined],
    ]);
});

test('who has come to it by another name gets nothing of the last', async () => {
    let user = 'alice';
    inbox = connect({ session: async () => ({ url: who.url, user, token: 'x' }) });
    const got = [];
    inbox.on('message', ({ body }) => got.push(body));
    await until(() => inbox.connected);
    FakeSocket.last.message(9);
    await until(() => got.length);
    user = 'bob';
    FakeSocket.last.break();
    await until(() => FakeSocket.all.length === 2 && inbox.connected);
    assert.equal(inbox.user, 'bob');
    assert.equal(FakeSocket.last.sent('SUBSCRIBE', '/gatepost/inbox')[0].headers['gatepost-offset'], undefined);
    assert.deepEqual(inbox.getSnapshot().messages, []);
});

test('a closed inbox stays closed, and says so', async () => {
    await opened();
    const sockets = FakeSocket.all.length;
    inbox.close();
    assert.equal(inbox.connected, false);
    await assert.rejects(inbox.send('/queue/a', 'x'), { code: 'closed' });
    await new Promise(over => setTimeout(over, 400));
    assert.equal(FakeSocket.all.length, sockets);
});
