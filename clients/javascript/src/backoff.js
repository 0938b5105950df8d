/** The longest wait, milliseconds, after so many milliseconds of failures: who is back within a minute or two is noticed at once. */
const CEILINGS = [[120_000, 2_500], [600_000, 10_000], [Infinity, 30_000]];
const BASE = 500;
/** The first try comes at once, but not that of everybody in the same moment. */
const FIRST = 250;

/** How long to wait before the next try: full jitter, so that those who were cut off together do not come back together. */
export class Backoff {
    #random;
    #now;
    #tries = 0;
    #since;

    constructor(random = Math.random, now = Date.now) {
        this.#random = random;
        this.#now = now;
    }

    /** @return milliseconds */
    next() {
        this.#since ??= this.#now();
        const lasting = this.#now() - this.#since;
        const ceiling = CEILINGS.find(([until]) => lasting < until)[1];
        const most = this.#tries === 0 ? FIRST : Math.min(ceiling, BASE * 2 ** Math.min(this.#tries, 10));
        this.#tries++;
        return this.#random() * most;
    }

    /** It works again. */
    reset() {
        this.#tries = 0;
        this.#since = undefined;
    }
}
