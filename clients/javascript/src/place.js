/**
 * How far a page has come in its inbox. Offsets rise as long as the epoch is the same. What was shown is remembered, so that a page that
 * is loaded again goes on behind it; what came and is not done has to come again then.
 */
export class Place {
    #storage;
    #key;
    #epoch;
    #offset;
    #open = new Set();

    /** @param storage as sessionStorage is; null for none */
    constructor(storage, key) {
        this.#storage = storage;
        this.#key = `gatepost ${key}`;
        try {
            const { epoch, offset } = JSON.parse(storage.getItem(this.#key));
            this.#epoch = epoch;
            this.#offset = offset;
        } catch {
            // nothing is remembered, or may be
        }
    }

    /** @return headers of SUBSCRIBE for where to go on, or undefined */
    get headers() {
        return this.#offset === undefined ? undefined : { 'gatepost-offset': this.#offset, 'gatepost-epoch': this.#epoch };
    }

    get epoch() {
        return this.#epoch;
    }

    get offset() {
        return this.#offset;
    }

    /** Whether it was not shown yet. What is not kept on the disk has no offset, and comes once. */
    isNew({ epoch, offset }) {
        return offset == null || epoch !== this.#epoch || offset > this.#offset;
    }

    /** Everything up to there has come. */
    reach(epoch, offset) {
        if (epoch !== this.#epoch) {
            this.#open.clear();
            this.#epoch = epoch;
            this.#offset = offset;
        }
        this.#offset = Math.max(this.#offset, offset);
        this.#remember();
    }

    /** A message is shown, and not done. */
    came({ epoch, offset }) {
        if (offset != null) {
            this.reach(epoch, offset);
            this.#open.add(offset);
            this.#remember();
        }
    }

    done({ epoch, offset }) {
        if (epoch === this.#epoch && this.#open.delete(offset)) {
            this.#remember();
        }
    }

    #remember() {
        const offset = Math.min(this.#offset, ...Array.from(this.#open, each => each - 1));
        try {
            this.#storage?.setItem(this.#key, JSON.stringify({ epoch: this.#epoch, offset }));
        } catch {
            // it is full or forbidden: the page goes on without
        }
    }
}
