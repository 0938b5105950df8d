/**
 * Does something now, and again and again while somebody looks at the page.
 *
 * @param work may be asynchronous; the pause begins behind it
 * @param pause in milliseconds
 * @param failed told what it throws
 * @return { now(), close(), first, heard }: does it once more at once; ends it; the promise of the first time; when it was done last,
 *     milliseconds since 1970
 */
export function repeat(work, pause, failed) {
    let timer;
    let ended = false;
    let running;
    let heard = Date.now();
    const round = async () => {
        clearTimeout(timer);
        try {
            if (document.visibilityState !== "hidden") {
                await work();
            }
            heard = Date.now();
        } catch (error) {
            if (!ended) {
                failed(error);
            }
        }
        if (!ended) {
            timer = setTimeout(() => {
                running = round();
            }, pause);
        }
    };
    running = round();
    return {
        now: async () => {
            await running;
            running = round();
            await running;
        },
        close: () => {
            ended = true;
            clearTimeout(timer);
        },
        first: running,
        get heard() {
            return heard;
        },
    };
}
