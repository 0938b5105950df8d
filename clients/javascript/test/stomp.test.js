import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decoder, HEART_BEAT, encode } from '../src/stomp.js';

const utf8 = new TextEncoder();
const whole = [
    encode('MESSAGE', { subscription: '0', 'a:b': 'line\nend\rback\\slash:colon' }, 'grün \0 and more'),
    'RECEIPT\r\nreceipt-id:1\r\n\r\n\0',
    'MESSAGE\na:first\na:second\n\nno length\0',
    HEART_BEAT,
    encode('SEND', { destination: '/queue/a', nothing: undefined }),
].join('\n\n');

test('a frame is what was encoded, whatever stands in it', () => {
    const [message] = new Decoder().push(encode('MESSAGE', { 'a:b': 'c\n\\d\r:' }, 'x\0y'));
    assert.deepEqual(message, { command: 'MESSAGE', headers: { 'a:b': 'c\n\\d\r:', 'content-length': '3' }, body: 'x\0y' });
});

test('it does not matter where a text is cut', () => {
    const expected = new Decoder().push(whole);
    assert.equal(expected.length, 4);
    assert.equal(expected[0].body, 'grün \0 and more');
    assert.deepEqual(expected[1], { command: 'RECEIPT', headers: { 'receipt-id': '1' }, body: '' });
    assert.equal(expected[2].headers.a, 'first');
    assert.deepEqual(expected[3].headers, { destination: '/queue/a' });
    for (let at = 1; at < whole.length; at++) {
        const decoder = new Decoder();
        assert.deepEqual([...decoder.push(whole.slice(0, at)), ...decoder.push(whole.slice(at))], expected, `cut at ${at}`);
    }
});

test('nor where bytes are, each by itself', () => {
    const decoder = new Decoder();
    const frames = [...utf8.encode(whole)].flatMap(byte => decoder.push(Uint8Array.of(byte).buffer));
    assert.deepEqual(frames, new Decoder().push(whole));
});

test('a body that is no text is bytes, both ways', () => {
    const bytes = Uint8Array.of(0, 255, 254, 10, 0);
    const [message] = new Decoder().push(encode('SEND', { destination: '/queue/a' }, bytes));
    assert.deepEqual(message.body, bytes);
});

test('what signs in is not escaped, and cannot make another header', () => {
    assert.equal(encode('CONNECT', { passcode: 'a:b\\c' }), 'CONNECT\npasscode:a:b\\c\n\n\0');
    assert.throws(() => encode('CONNECT', { login: 'a\nhost:b' }), TypeError);
    assert.equal(encode('SEND', { destination: 'a\nhost:b' }), 'SEND\ndestination:a\\nhost\\cb\n\n\0');
    assert.deepEqual(new Decoder().push('CONNECTED\nserver:a\\c\n\n\0')[0].headers, { server: 'a\\c' });
});

test('heart-beats are nothing, before, between and behind frames', () => {
    const decoder = new Decoder();
    assert.deepEqual(decoder.push('\n\r\n\n'), []);
    assert.equal(decoder.push(`\n${encode('RECEIPT', {})}\n\n${encode('RECEIPT', {})}\n`).length, 2);
    assert.deepEqual(decoder.push('\n'), []);
});
