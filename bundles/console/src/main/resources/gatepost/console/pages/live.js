import { Feed } from "./feed.js";
import { repeat } from "./repeat.js";

const STARTED = "gatepost-console-started";
const PAUSE = 3000;
/** So long after a snapshot the next one is late: there is one each second. Milliseconds. */
const LATE = 5000;
/** So long after a page has asked for what it shows it should have asked again. Milliseconds. */
const LATE_PAGE = 15_000;

/** What is live, for every page: the last snapshot, the samples of the charts, and whether anything comes. */
export class Live {

    /** How far back the samples go, milliseconds. */
    static SPAN = 3_600_000;

    /** "live", "connecting" or what is wrong. */
    state = "connecting";
    /** In the order of time. */
    samples = [];
    /** The last one; undefined before the first. */
    snapshot = undefined;
    /** When that came, milliseconds since 1970. */
    heard = undefined;
    /** What is wrong with Gatepost, and which configuration was refused: `{ problems, refused }`. */
    status = { problems: [], refused: [] };
    /** When Gatepost was started, where that was after this browser had last looked. */
    restarted = undefined;

    #watchers = new Set();

    /**
     * @param ask the console: what is wrong is asked there while nothing comes
     * @param onSignedOut told when the session is over
     */
    constructor(ask, onSignedOut) {
        this.feed = new Feed({
            onHistory: history => {
                this.samples = history;
                this.#tell();
            },
            onSnapshot: snapshot => this.#take(snapshot),
            onState: state => {
                this.state = state;
                this.#tell();
            },
            onSignedOut,
        });
        this.rounds = repeat(async () => {
            if (this.isSilent || this.heard === undefined) {
                const { started, ...status } = await ask("GET", "api/status");
                this.status = status;
                this.#started(started);
                this.#tell();
            }
        }, PAUSE, () => this.#tell());
        // what is old grows older
        this.clock = setInterval(() => (this.isStale || this.isSilent || this.told) && this.#tell(), 1000);
    }

    #take(snapshot) {
        const now = snapshot.sample.at;
        this.samples = [...this.samples.filter(sample => sample.at > now - Live.SPAN && sample.at < now), snapshot.sample];
        this.snapshot = snapshot;
        this.heard = Date.now();
        this.status = snapshot;
        this.#started(snapshot.facts.started);
        this.#tell();
    }

    #started(at) {
        const known = Number(sessionStorage.getItem(STARTED) ?? at);
        // the clock of a machine is put right by some milliseconds now and then
        if (Math.abs(known - at) > 1000) {
            this.restarted = at;
        }
        sessionStorage.setItem(STARTED, at);
    }

    /** The page that is open, where that asks for itself and knows since when: see repeat.js. */
    page = undefined;

    /** When what is shown came; undefined before anything did. */
    get shown() {
        return this.page?.heard ?? this.heard;
    }

    /** Whether what is shown is old. */
    get isStale() {
        return this.page?.heard === undefined ? this.isSilent : Date.now() - this.page.heard > LATE_PAGE;
    }

    /** Whether no snapshots come any more. */
    get isSilent() {
        return this.heard !== undefined && (this.state !== "live" || Date.now() - this.heard > LATE);
    }

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

    /** Somebody has seen that it was restarted. */
    restartSeen() {
        this.restarted = undefined;
        this.#tell();
    }

    #tell() {
        // once more when nothing is old any more
        this.told = this.isStale || this.isSilent;
        this.#watchers.forEach(watcher => watcher(this));
    }

    close() {
        this.#watchers.clear();
        this.rounds.close();
        clearInterval(this.clock);
        this.feed.stop();
    }
}
