import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Place } from '../src/place.js';

function storage() {
    const kept = new Map();
    return { getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

const at = (offset, epoch = 'e') => ({ epoch, offset });
const headers = (offset, epoch = 'e') => ({ 'gatepost-offset': offset, 'gatepost-epoch': epoch });

test('it begins with nothing, and goes on behind what came', () => {
    const place = new Place(storage(), 'alice');
    assert.equal(place.headers, undefined);
    assert.ok(place.isNew(at(1)));
    place.came(at(7));
    assert.deepEqual(place.headers, headers(7));
    assert.ok(!place.isNew(at(7)));
    assert.ok(!place.isNew(at(3)));
    assert.ok(place.isNew(at(8)));
    assert.ok(place.isNew(at(1, 'another')));
    assert.ok(place.isNew({}), 'what has no offset comes once');
});

test('a page that is loaded again goes on behind what is done, and gets again what is not', () => {
    const kept = storage();
    const place = new Place(kept, 'alice');
    [1, 2, 3, 4].forEach(offset => place.came(at(offset)));
    assert.deepEqual(new Place(kept, 'alice').headers, headers(0));
    place.done(at(1));
    place.done(at(4));
    place.done(at(3));
    assert.deepEqual(new Place(kept, 'alice').headers, headers(1));
    place.done(at(2));
    assert.deepEqual(new Place(kept, 'alice').headers, headers(4));
    assert.equal(new Place(kept, 'bob').headers, undefined);
});

test('another epoch begins anew, with nothing left of the last', () => {
    const kept = storage();
    const place = new Place(kept, 'alice');
    place.came(at(100));
    place.came(at(1, 'f'));
    place.done(at(1, 'f'));
    assert.deepEqual(new Place(kept, 'alice').headers, headers(1, 'f'));
});

test('without a storage, or with one that fails, the page goes on', () => {
    const fails = () => {
        throw new Error('forbidden');
    };
    for (const none of [null, undefined, { getItem: fails, setItem: fails }, { getItem: () => 'no JSON', setItem: fails }]) {
        const place = new Place(none, 'alice');
        place.came(at(2));
        assert.deepEqual(place.headers, headers(2));
    }
});
