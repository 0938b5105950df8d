import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../src/backoff.js';

test('the first try comes at once, and the longest wait of the first two minutes is short enough to be back within three seconds', () => {
    let now = 0;
    const backoff = new Backoff(() => 1, () => now);
    assert.deepEqual(Array.from({ length: 6 }, () => backoff.next()), [250, 1_000, 2_000, 2_500, 2_500, 2_500]);
    now = 119_000;
    assert.equal(backoff.next(), 2_500);
    now = 121_000;
    assert.equal(backoff.next(), 10_000);
    now = 601_000;
    assert.equal(backoff.next(), 30_000);
    backoff.reset();
    assert.equal(backoff.next(), 250);
});

test('those who were cut off together come back at any moment between', () => {
    const waits = Array.from({ length: 1_000 }, () => {
        const backoff = new Backoff();
        backoff.next();
        backoff.next();
        return backoff.next();
    });
    for (let from = 0; from < 2_000; from += 500) {
        const share = waits.filter(wait => wait >= from && wait < from + 500).length;
        assert.ok(share > 150 && share < 350, `${share} of 1000 between ${from} and ${from + 500} ms`);
    }
});
