import { Feed } from "./feed.js";

/** What is live, for every page: the last snapshot, the samples of the charts, and whether anything comes. */
export class Live {

    samples = [];
    snapshot = undefined;
    state = "connecting";
    #watchers = new Set();

    /** @param onSignedOut told when the session is over */
    constructor(onSignedOut) {
        this.feed = new Feed({
            onHistory: history => {
                this.samples = history;
                this.#tell();
            },
            onSnapshot: snapshot => {
                const now = snapshot.sample.at;
                this.samples = [...this.samples.filter(sample => sample.at > now - Live.SPAN && sample.at < now), snapshot.sample];
                this.snapshot = snapshot;
                this.#tell();
            },
            onState: state => {
                this.state = state;
                this.#tell();
            },
            onSignedOut,
        });
    }

    /** How far back the charts go, milliseconds. */
    static SPAN = 300_000;

    /**
     * Calls back at once and at each change, with this object.
     *
     * @return ends that
     */
    watch(watcher) {
        this.#watchers.add(watcher);
        watcher(this);
        return () => this.#watchers.delete(watcher);
    }

    #tell() {
        this.#watchers.forEach(watcher => watcher(this));
    }

    close() {
        this.#watchers.clear();
        this.feed.stop();
    }
}
