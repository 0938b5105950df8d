import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Message, Messages, ofFrame, ofJson } from '../src/message.js';

const message = (offset, epoch = 'e', state = []) => new Message({ epoch, offset, id: `${offset}`, body: `${offset}`, state }, () => {});
const bodies = ({ all }) => all.map(({ body }) => body).join(' ');

test('what comes and what the history has stand in order, nothing twice', () => {
    const messages = new Messages(100);
    messages.add([message(5)]);
    messages.add([message(undefined)]);
    messages.add([message(6)]);
    messages.add([message(3), message(4), message(5)], true);
    assert.equal(bodies(messages), '3 4 5 undefined 6');
    messages.add([message(1, 'f')]);
    messages.add([message(2)], true);
    assert.equal(bodies(messages), '2 3 4 5 undefined 6 1', 'another epoch comes behind');
});

test('the oldest go, but none that was asked for', () => {
    const messages = new Messages(2);
    [1, 2, 3].forEach(offset => messages.add([message(offset)]));
    assert.equal(bodies(messages), '2 3');
    messages.add([message(1)], true);
    assert.equal(bodies(messages), '1 2 3');
    messages.add([message(4)]);
    assert.equal(bodies(messages), '2 3 4');
});

test('a change makes other messages and another list, and leaves the rest', () => {
    const messages = new Messages(100);
    messages.add([message(1), message(2), message(3), message(1, 'f')]);
    const before = messages.all;
    messages.change('e', { read: [1], done: [1, 2], withdrawn: [3] });
    assert.notEqual(messages.all, before);
    assert.deepEqual(messages.all.map(({ state }) => state), [['read', 'done'], ['done'], []]);
    assert.deepEqual(before[0].state, []);
    assert.equal(messages.all[2], before[3]);
    messages.change('e', { unread: [1] });
    assert.deepEqual(messages.all[0].state, ['done']);
});

test('a frame and an event say the same of a message', () => {
    const frame = ofFrame({
        headers: {
            'gatepost-offset': '8', 'gatepost-epoch': 'e', 'gatepost-user': 'app', 'gatepost-id': 'a', 'gatepost-state': 'done,read', 'message-id': 'ID:1',
            destination: '/queue/user.alice', subscription: '0', timestamp: '17', 'content-type': 'text/plain', persistent: 'true', 'content-length': '5',
            redelivered: 'true', 'correlation-id': 'c',
        },
        body: 'Hello',
    });
    const event = ofJson({
        offset: 8, epoch: 'e', from: 'app', id: 'a', messageId: 'ID:1', timestamp: 17, contentType: 'text/plain', state: ['done', 'read'], redelivered: true,
        headers: { 'correlation-id': 'c' }, body: 'Hello',
    });
    assert.deepEqual({ ...frame, replaces: undefined }, { ...event, replaces: undefined });
    assert.equal(ofJson({ messageId: 'ID:1', state: [], body: '' }).id, 'ID:1');
    assert.deepEqual(ofJson({ state: [], base64: 'AP8=' }).body, Uint8Array.of(0, 255));
});
