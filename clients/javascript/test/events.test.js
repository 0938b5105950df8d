import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventDecoder } from '../src/events.js';

const stream = ': a comment\n\nevent: begin\ndata: {"epoch":"e"}\n\nid: e.8\r\ndata: {"body":"grün"}\r\n\r\ndata: one\ndata:two\n\nid: end\nevent: end\ndata: {}\n\n';
const expected = [
    { event: 'begin', data: '{"epoch":"e"}' },
    { id: 'e.8', data: '{"body":"grün"}' },
    { data: 'one\ntwo' },
    { id: 'end', event: 'end', data: '{}' },
];

test('events are the same wherever the stream is cut', () => {
    assert.deepEqual(new EventDecoder().push(stream), expected);
    for (let at = 1; at < stream.length; at++) {
        const decoder = new EventDecoder();
        assert.deepEqual([...decoder.push(stream.slice(0, at)), ...decoder.push(stream.slice(at))], expected, `cut at ${at}`);
    }
});
