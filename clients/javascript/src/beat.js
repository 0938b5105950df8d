/** How often, milliseconds; what a browser takes from a page's own timers in the background it leaves to a worker's. */
export const BEAT = 5_000;
/** A beat that is so late tells that page or machine have slept. */
const LATE = 4_000;

/**
 * Calls tick every few seconds, also in a tab in the background, and asleep instead when the time between two was too long.
 *
 * @return { end(), isSlow } slow where a page in the background may be called once a minute only
 */
export function beat(tick, asleep) {
    let last = Date.now();
    let worker;
    let timer;
    const beats = () => {
        const lasting = Date.now() - last;
        last = Date.now();
        (lasting > BEAT + LATE ? asleep : tick)();
    };
    const slowly = () => {
        worker?.terminate();
        worker = undefined;
        timer ??= setInterval(beats, BEAT);
        // a program that has nothing else to do may end
        timer.unref?.();
    };
    try {
        // a file of its own and no text in a blob, which a strict Content-Security-Policy refuses
        worker = new Worker(new URL('./client-worker.js', import.meta.url));
        worker.onmessage = beats;
        worker.onerror = slowly;
        worker.postMessage(BEAT);
    } catch {
        // there are no workers here, or the page has this from another origin
        slowly();
    }
    return {
        end() {
            worker?.terminate();
            clearInterval(timer);
        },
        get isSlow() {
            return !worker;
        },
    };
}
