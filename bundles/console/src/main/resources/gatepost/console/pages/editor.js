// One file of etc: read, edited, checked, compared, applied, and taken back.
import { difference } from "./difference.js";
import { card, element } from "./element.js";
import { moment } from "./format.js";
import { link } from "./router.js";

/** How long the part of Gatepost that reads a file is waited for, milliseconds. */
const PATIENCE = 15_000;
const LOOK = 300;

/** Texts that were edited and not applied when their page was left, of those who are signed in now. */
const drafts = new WeakMap();

export const outcome = { taken: "in force", refused: "refused", awaited: "waiting for its content", unread: "nobody has read it" };

/** What became of a file, in words. */
export function told(state) {
    return [element("strong", { class: state.state === "taken" ? "done" : state.state === "refused" ? "refusal" : null },
        outcome[state.state]),
    state.at > 0 && element("span", { class: "quiet" }, ` since ${moment(state.at, Date.now())}`),
    state.note && ` · ${state.note}`,
    state.problems.length > 0 && element("ul", { class: "whys" },
        state.problems.map(problem => element("li", {}, element("code", {}, problem.key), `: ${problem.reason}`)))];
}

export class Editor {

    constructor(main, name, { ask, confirm, live }) {
        Object.assign(this, { name, ask, confirm });
        this.drafts = drafts.get(live) ?? new Map();
        drafts.set(live, this.drafts);
        this.state = element("p", { id: "file-state" });
        this.text = element("textarea", {
            id: "file-text", rows: 24, spellcheck: "false", autocomplete: "off", autocapitalize: "none", wrap: "off",
            oninput: () => this.edited(),
        });
        this.hidden = element("p", { class: "quiet", hidden: true }, "What is a secret is not shown: ",
            element("code", {}, "‹hidden 1›"), " keeps it as it is. To change it, put the new one in its place.");
        this.check = element("button", { type: "submit", class: "first", id: "file-check" }, "Check");
        this.apply = element("button", { type: "button", id: "file-apply", disabled: true, onclick: () => this.act("apply") }, "Apply");
        this.back = element("button", { type: "button", id: "file-undo", hidden: true, onclick: () => this.act("undo") },
            "Take the last change back");
        this.again = element("button", { type: "button", id: "file-again", onclick: () => this.readAgain() }, "Read again");
        this.said = element("div", { id: "file-said", role: "status" });
        this.result = element("div", { id: "file-result", class: "view" });
        const form = element("form", {
            class: "edit",
            onsubmit: event => {
                event.preventDefault();
                this.act("check");
            },
        }, element("label", { for: "file-text" }, `The text of etc/${name}`), this.text, this.hidden,
        element("div", { class: "buttons" }, this.check, this.apply, this.back, this.again), this.said);
        main.append(element("p", {}, element("a", { href: link("configuration") }, "All files")), this.state,
            element("section", { class: "card", "aria-label": "The text" }, form), this.result);
    }

    /** @param keepsText whether what stands in the field stays */
    async read(keepsText = false) {
        this.file = await this.ask("GET", `api/configuration/file?name=${encodeURIComponent(this.name)}`);
        const draft = this.drafts.get(this.name);
        this.drafts.delete(this.name);
        if (!keepsText) {
            const kept = draft?.version === this.file.version;
            this.text.value = kept ? draft.text : this.file.text;
            this.say(kept ? "This is the text as you left it: it is not applied." : "");
        }
        this.hidden.hidden = !this.file.text.includes("‹hidden");
        this.back.hidden = !this.file.undo;
        this.edited();
        await this.showState();
    }

    async showState() {
        const { files } = await this.ask("GET", "api/configuration");
        const state = files.find(file => file.name === this.name);
        if (state && JSON.stringify(state) !== this.shown) {
            this.shown = JSON.stringify(state);
            this.state.replaceChildren(...told(state).flat().filter(Boolean));
        }
        return state;
    }

    /** What was checked is not what stands there any more. */
    edited() {
        this.apply.disabled = true;
        this.result.replaceChildren();
        this.back.disabled = this.isChanged();
    }

    isChanged() {
        return this.file !== undefined && this.text.value !== this.file.text;
    }

    async readAgain() {
        const sure = !this.isChanged() || await this.confirm({
            title: "Read the file again?", text: "What you have changed in the text is lost.", action: "Read again", danger: true,
        });
        if (sure) {
            await this.guarded(() => this.read());
        }
    }

    async act(what) {
        const sent = { name: this.name, version: this.file.version, text: what === "undo" ? null : this.text.value };
        await this.guarded(async () => {
            this.say(what === "check" ? "Checking …" : "Writing …");
            const answer = await this.ask("POST", `api/configuration/${what}`, sent);
            if (what === "check") {
                this.showCheck(answer, sent.text);
            } else {
                await this.applied(answer);
            }
        });
    }

    /** One thing at a time, and what goes wrong is said. */
    async guarded(task) {
        const buttons = [this.check, this.apply, this.back, this.again];
        const before = buttons.map(button => button.disabled);
        buttons.forEach(button => {
            button.disabled = true;
        });
        this.freed = undefined;
        try {
            await task();
        } catch (error) {
            if (error.status !== 401) {
                this.say(error.message, "refusal");
            }
        } finally {
            buttons.forEach((button, index) => {
                button.disabled = before[index];
            });
            this.apply.disabled = !this.freed;
            this.back.disabled = this.isChanged();
        }
    }

    showCheck(answer, text) {
        if (answer.faults.length > 0) {
            this.say("It would be refused, and what is in force would stay.", "refusal");
            this.result.replaceChildren(card("faults", "What is wrong", element("ul", { class: "whys" },
                answer.faults.map(fault => this.fault(fault, text)))));
            return;
        }
        if (answer.difference.length === 0) {
            this.say("Nothing is different from the file.");
            return;
        }
        this.freed = true;
        this.say("It would be taken.", "done");
        this.result.replaceChildren(
            card("effects", "What it would do", answer.effects.length === 0
                ? element("p", { class: "quiet" }, "No session that is open now would be cut.")
                : element("ul", { class: "whys" }, answer.effects.map(effect => element("li", {}, effect)))),
            card("difference", "What would be different", difference(answer.difference)));
    }

    fault(fault, text) {
        return element("li", {},
            fault.line > 0 && [element("button", { type: "button", class: "link", onclick: () => this.goTo(fault.line) },
                `Line ${fault.line}`), " · "],
            element("code", {}, fault.key), `: ${fault.reason}`,
            fault.line > 0 && element("pre", { class: "cited" }, text.split("\n")[fault.line - 1] ?? ""));
    }

    goTo(line) {
        const lines = this.text.value.split("\n");
        const begin = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
        this.text.focus();
        this.text.setSelectionRange(begin, begin + lines[line - 1].length);
        // the line in the middle of the field
        const height = this.text.scrollHeight / lines.length;
        this.text.scrollTop = Math.max(0, line * height - this.text.clientHeight / 2);
    }

    /** It is on the disk: now it is seen what becomes of it. */
    async applied({ version, at, same }) {
        this.result.replaceChildren();
        await this.read();
        if (same) {
            this.say("It is written. It sets the same as before, so nothing has to change.", "done");
            return;
        }
        this.say("It is written, and waited for to come into force …");
        const end = Date.now() + PATIENCE;
        while (Date.now() < end && !this.closed && this.file.version === version) {
            const state = await this.showState();
            if (state && state.at >= at && state.state !== "awaited") {
                this.say(state.state === "taken" ? "It is in force." : "It is written, and was refused after all.",
                    state.state === "taken" ? "done" : "refusal");
                return;
            }
            await new Promise(over => setTimeout(over, LOOK));
        }
        this.say(`It is written. Nobody has said within ${PATIENCE / 1000} seconds what became of it.`, "refusal");
    }

    say(text, kind = "quiet") {
        this.said.replaceChildren(...text ? [element("p", { class: kind }, text)] : []);
    }

    close() {
        this.closed = true;
        if (this.isChanged()) {
            this.drafts.set(this.name, { version: this.file.version, text: this.text.value });
        }
    }
}
