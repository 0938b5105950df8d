// What is in a user's inbox, read over the HTTP interface; for administrators.
import { card, element, field } from "../element.js";
import { moment } from "../format.js";
import { query } from "../interface.js";
import { Table } from "../table.js";

const PAGE = 20;

/** A card that fetches the newest messages when somebody wants to see them, and older ones by pages. */
export class Messages {

    #rows = [];
    #cursor;
    #kinds = [];
    #table = new Table("messages", [["Offset", "number"], ["Came", "time"], "From", "State", ["Content", "body"]], "There is no message");
    #problem = element("p", { class: "refusal", role: "alert" });
    #choice = element("div", { class: "search" });
    #more = element("button", { type: "button", id: "show-messages", onclick: () => this.#fetch() }, "Show messages");

    constructor(user, gatepost) {
        Object.assign(this, { user, gatepost });
        this.#table.element.hidden = true;
        this.card = card("messages", "Messages",
            element("p", { class: "quiet" }, "Looking at them here makes none of them done, seen or read."),
            this.#choice, this.#table.element, this.#problem, element("div", { class: "buttons" }, this.#more));
    }

    /** Where a user has several inboxes, which one is chosen in a field. */
    of(kinds) {
        if (kinds.length > 1 && this.#kinds.join() !== kinds.join()) {
            this.#choice.replaceChildren(field("Inbox", { name: "messages-inbox", options: kinds, onchange: () => this.#begin() }));
        }
        this.#kinds = kinds;
    }

    #begin() {
        this.#rows = [];
        this.#cursor = undefined;
        return this.#fetch();
    }

    async #fetch() {
        this.#problem.textContent = "";
        const inbox = this.#kinds.length > 1 ? this.#choice.querySelector("select").value : undefined;
        try {
            const page = await this.gatepost.call("GET", `users/messages?${query({ user: this.user, inbox, limit: PAGE, cursor: this.#cursor })}`);
            this.#rows.push(...page.messages.map(row));
            this.#table.show(this.#rows, {});
            this.#table.element.hidden = false;
            this.#cursor = page.next;
            this.#more.hidden = page.next === undefined;
            this.#more.textContent = "Show older ones";
        } catch (error) {
            this.#problem.textContent = error.message;
        }
    }
}

function row({ offset, timestamp, from, state, headers = {}, contentType, body, base64 }) {
    const lines = Object.entries({ ...contentType && { "content-type": contentType }, ...headers }).map(([name, value]) => `${name}: ${value}`);
    return [String(offset), moment(timestamp, Date.now()), from ?? "–", state.join(", ") || "waits",
        element("div", {}, element("p", { class: "headers code" }, lines.join("\n")), element("pre", {}, body ?? `(in Base64) ${base64}`))];
}
