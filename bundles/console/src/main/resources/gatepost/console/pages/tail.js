// The last entries of a log, by filters that stand in the address, and what comes while somebody looks.
import { element, field } from "./element.js";
import { stamp } from "./format.js";
import { repeat } from "./repeat.js";
import { link } from "./router.js";
import { Table } from "./table.js";

const PAUSE = 2000;
/** So many entries are shown; what is older goes. */
const MOST = 1000;

const ENDS = {
    beginning: "That is all there is.",
    since: "That is all since then.",
    entries: "There are older ones.",
    bytes: "So much is read for one answer, and no more.",
    time: "So long is read for one answer, and no longer.",
};

/** A time as a field has it, of this browser's clock. */
const local = at => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

export class Tail {

    /**
     * @param page "log" or "audit"
     * @param filters of each its label and what `field` takes, with the name that the server gives the parameter
     * @param columns of the table, see table.js
     * @param row makes the cells of an entry
     */
    constructor(main, { page, filters, columns, row }, { ask, query }) {
        Object.assign(this, { page, ask, row, entries: [], names: [...filters.map(([, { name }]) => name), "since", "until"] });
        this.follow = element("input", { type: "checkbox", id: "follow", onchange: () => this.note() });
        this.follow.checked = query.get("follow") !== "no";
        const times = ["since", "until"].map(name => field(name === "since" ? "Since" : "Until", { name, type: "datetime-local" }));
        this.form = element("form", {
            class: "search", role: "search",
            onsubmit: event => {
                event.preventDefault();
                this.note();
                this.show();
            },
        }, filters.map(([label, attributes]) => field(label, attributes)), times,
        element("div", { class: "tick" }, this.follow, element("label", { for: "follow" }, "Follow")),
        element("button", { type: "submit", class: "first" }, "Show"));
        this.form.querySelectorAll("input:not([type=checkbox]), select").forEach(input => {
            const given = query.get(input.name);
            if (given !== null) {
                input.value = input.type === "datetime-local" && !Number.isNaN(Date.parse(given)) ? local(Date.parse(given)) : given;
            }
        });
        this.table = new Table(`${page}-table`, columns, "There is nothing of that kind");
        this.said = element("p", { class: "quiet", id: "tail-said", role: "status" });
        this.older = element("button", { type: "button", id: "older", hidden: true, onclick: () => this.showOlder() }, "Show older ones");
        main.append(this.form, element("section", { class: "card wide", "aria-label": "Entries" }, this.table.element),
            element("div", { class: "buttons" }, this.older, this.said));
    }

    async open() {
        await this.show();
        this.repeated = repeat(() => this.showNew(), PAUSE, error => this.fail(error));
    }

    /** What is asked for stands in the address, which may be given to somebody else. */
    note() {
        const wanted = this.parameters();
        if (!this.follow.checked) {
            wanted.set("follow", "no");
        }
        history.replaceState(null, "", link(this.page) + (wanted.size > 0 ? `?${wanted}` : ""));
    }

    parameters() {
        const wanted = new URLSearchParams();
        for (const [name, value] of new FormData(this.form)) {
            const any = value.trim() === "" || this.form.elements[name]?.tagName === "SELECT" && value === "any";
            if (!any && this.names.includes(name)) {
                const time = ["since", "until"].includes(name);
                wanted.set(name, time ? new Date(value).toISOString() : value);
            }
        }
        return wanted;
    }

    get(wanted) {
        return this.ask("GET", `api/${this.page}?${wanted}`);
    }

    async show() {
        const asked = this.asked = this.parameters();
        try {
            const answer = await this.get(asked);
            if (asked === this.asked) {
                this.position = answer.position;
                this.entries = answer.entries;
                this.showEntries(answer);
            }
        } catch (error) {
            this.fail(error);
        }
    }

    async showOlder() {
        const last = this.entries.at(-1);
        const wanted = new URLSearchParams(this.asked);
        wanted.set("until", new Date(last.at).toISOString());
        try {
            const answer = await this.get(wanted);
            const there = new Set(this.entries.filter(entry => entry.at === last.at).map(entry => JSON.stringify(entry)));
            this.entries = [...this.entries, ...answer.entries.filter(entry => !there.has(JSON.stringify(entry)))];
            this.follow.checked = false;
            this.note();
            this.showEntries(answer);
        } catch (error) {
            this.fail(error);
        }
    }

    async showNew() {
        const asked = this.asked;
        if (!this.follow.checked || !asked || asked.has("until")) {
            return;
        }
        const wanted = new URLSearchParams(asked);
        if (this.position) {
            wanted.set("after", this.position);
        }
        const answer = await this.get(wanted);
        if (asked !== this.asked || !this.follow.checked) {
            return;
        }
        this.position = answer.position || this.position;
        // more has come than one answer holds, so that what is shown would have a hole
        const whole = answer.end === "after";
        if (answer.entries.length > 0 || !whole) {
            this.entries = [...answer.entries, ...whole ? this.entries : []].slice(0, MOST);
            this.showEntries(whole ? undefined : answer);
        }
    }

    /** @param answer that says how far back was looked; not there when only something new has come */
    showEntries(answer) {
        this.table.show(this.entries.map(this.row), JSON.stringify(this.entries));
        if (answer) {
            const looked = answer.looked === null ? "" : `Looked back to ${stamp(answer.looked)}. `;
            this.said.textContent = looked + (ENDS[answer.end] ?? "");
            this.said.className = "quiet";
            this.older.hidden = this.entries.length === 0 || answer.end !== "entries";
        }
    }

    fail(error) {
        if (error.status !== 401) {
            this.said.textContent = error.message;
            this.said.className = "refusal";
        }
    }

    close() {
        this.repeated?.close();
        this.asked = undefined;
    }
}
