import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Socket } from '../src/socket.js';
import { FakeSocket, until } from './fake.js';

const session = { url: 'ws://localhost/stomp', user: 'alice', token: 'token' };
const now = Date.now;
let later = 0;

beforeEach(() => {
    FakeSocket.reset();
    later = 0;
    Date.now = () => now() + later;
});
afterEach(() => Date.now = now);

async function opened(on = {}) {
    let isOpen = false;
    const closed = [];
    const socket = new Socket(session, () => ({}), 1_000, {
        opened: () => isOpen = true, message() {}, state() {}, closed: ({ reason }) => closed.push(reason), ...on,
    });
    await until(() => isOpen);
    return { socket, closed, other: FakeSocket.last };
}

test('it beats as often as both sides want, and no more', async () => {
    const { socket, other } = await opened();
    assert.equal(other.sent('CONNECT')[0].headers['heart-beat'], '10000,10000');
    const beats = [];
    other.send = data => beats.push(data);
    socket.tick();
    assert.deepEqual(beats, []);
    later += 5_000;
    socket.tick();
    socket.tick();
    assert.deepEqual(beats, ['\n']);
    later += 5_000;
    socket.tick();
    assert.equal(beats.length, 2);
});

test('a page whose timers may be slow promises no more than it can keep', async () => {
    const { socket, other } = await opened({ isSlow: true });
    assert.equal(other.sent('CONNECT')[0].headers['heart-beat'], '75000,10000');
    const beats = [];
    other.send = data => beats.push(data);
    later += 20_000;
    other.tell('RECEIPT', {});
    await until(() => true);
    later += 20_000;
    other.onmessage({ data: '\n' });
    socket.tick();
    assert.equal(beats.length, 1);
});

test('a connection over which nothing comes ends, and anything that comes is a sign of life', async () => {
    const { socket, closed, other } = await opened();
    later += 19_000;
    socket.tick();
    other.onmessage({ data: '\n' });
    later += 19_000;
    socket.tick();
    assert.deepEqual(closed, []);
    later += 2_000;
    socket.tick();
    assert.deepEqual(closed, ['nothing was heard for too long']);
    assert.equal(other.readyState, 3);
});

test('a check ends a connection that is dead, and leaves one alone that answers', async () => {
    const alive = await opened();
    alive.socket.check();
    await new Promise(over => setTimeout(over, 2_100));
    assert.deepEqual(alive.closed, []);
    FakeSocket.silent = () => true;
    alive.socket.check();
    await until(() => alive.closed.length);
    assert.deepEqual(alive.closed, ['it did not answer']);
});

test('one that does not open in time ends', async () => {
    FakeSocket.silent = () => true;
    const closed = [];
    new Socket(session, () => ({}), 20, { closed: about => closed.push(about) });
    await until(() => closed.length);
    assert.deepEqual(closed, [{ opened: false, denied: false, reason: 'the connection did not open in time' }]);
});

test('what is refused at sign-in is told', async () => {
    const closed = [];
    new Socket(session, () => ({}), 1_000, { closed: about => closed.push(about) });
    FakeSocket.last.answer = () => FakeSocket.last.tell('ERROR', { message: 'signed out: the token has expired' });
    await until(() => closed.length);
    assert.deepEqual(closed, [{ opened: false, denied: true, reason: 'signed out: the token has expired' }]);
});
