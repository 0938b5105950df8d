// What an administrator does to a user, each thing asked for first; the HTTP interface does it.
import { element, field } from "../element.js";
import { query } from "../interface.js";

const REVOKED = {
    now: "all that was issued until now; they may sign in again",
    time: "what was issued before a time; they may sign in again",
    user: "the user: nobody signs in under this name until that is taken back",
};
const LOCAL = { hour12: false };

/** A time as a field of the type datetime-local has it, to the second. */
function local(time) {
    const here = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
    return here.toISOString().slice(0, 19);
}

const sessions = ended => ended === 1 ? "1 session was ended" : `${ended} sessions were ended`;

export class UserDeeds {

    /** @param done called when something is done, to show how it is now */
    constructor(user, { gatepost, confirm, told, done }) {
        Object.assign(this, { user, gatepost, confirm, told, done });
    }

    buttons() {
        return element("div", { class: "buttons", id: "deeds" },
            element("button", { type: "button", id: "send", onclick: () => this.send() }, "Send a message"),
            element("button", { type: "button", id: "sign-out-everywhere", class: "danger", onclick: () => this.endAll() }, "Sign out everywhere"),
            element("button", { type: "button", id: "revoke", class: "danger", onclick: () => this.revoke() }, "Revoke"));
    }

    endButton(session) {
        return element("button", {
            type: "button", class: "danger small", "aria-label": `End the session of ${session.address}`, onclick: () => this.end(session),
        }, "End");
    }

    undoButton({ issuedBefore }) {
        return element("button", { type: "button", class: "small", onclick: () => this.undo(issuedBefore) }, "Take back");
    }

    async #ask(question) {
        const result = await this.confirm(question);
        if (result !== undefined) {
            this.told.say(result);
            await this.done();
        }
    }

    send() {
        return this.#ask({
            title: `Send a message to ${this.user}`,
            text: "It goes to their inbox as an application's message does, under your name.",
            action: "Send",
            fields: [...this.kinds?.length > 1 ? [field("Inbox", { name: "inbox", options: this.kinds })] : [],
                field("Text", { name: "body", rows: 4, required: true }),
                field("Content type", { name: "contentType", value: "text/plain", required: true })],
            run: async ({ inbox, body, contentType }) => {
                const { results } = await this.gatepost.call("POST", "messages", { to: { users: [this.user], inbox }, body, contentType });
                return `The message is in the inbox${results?.[0]?.offset === undefined ? "" : ` at ${results[0].offset}`}.`;
            },
        });
    }

    end({ id, address, since }) {
        return this.#ask({
            title: "End this session?",
            text: `The client at ${address}, signed in since ${new Date(since).toLocaleTimeString("en-GB", LOCAL)}, is told so and is cut off. `
                + "It may sign in again, and many clients do so by themselves.",
            action: "End the session",
            danger: true,
            run: async () => {
                await this.gatepost.call("DELETE", `sessions/${encodeURIComponent(id)}`);
                return "The session was ended.";
            },
        });
    }

    endAll() {
        return this.#ask({
            title: `Sign ${this.user} out everywhere?`,
            text: "All of their sessions end. They may sign in again with what they have: to prevent that, revoke it.",
            action: "Sign out everywhere",
            danger: true,
            run: async () => {
                const { ended } = await this.gatepost.call("DELETE", `users/sessions?${query({ user: this.user })}`);
                return `${sessions(ended)}.`;
            },
        });
    }

    revoke() {
        const time = field("Issued before", { name: "before", type: "datetime-local", step: "1", value: local(Date.now()) });
        time.hidden = true;
        const kinds = element("fieldset", {}, element("legend", {}, "What"), Object.entries(REVOKED).map(([kind, words]) =>
            element("label", { class: "radio" }, element("input", {
                type: "radio", name: "kind", value: kind, checked: kind === "now",
                onchange: () => {
                    time.hidden = kind !== "time";
                },
            }), ` ${words}`)));
        return this.#ask({
            title: `Revoke what lets ${this.user} in?`,
            text: "Tokens and passwords are refused at once, and the sessions that came with them end within a second. It outlasts a restart, "
                + "and is forgotten when no token of that time can be valid any more.",
            action: "Revoke",
            danger: true,
            fields: [kinds, time],
            run: async ({ kind, before }) => {
                const issuedBefore = { now: Date.now(), time: Math.min(Date.now(), new Date(before).getTime()) }[kind];
                if (Number.isNaN(issuedBefore)) {
                    throw new Error("Say before which time.");
                }
                const { ended } = await this.gatepost.call("POST", "revocations", { user: this.user, issuedBefore });
                return `It is revoked, and ${sessions(ended)}.`;
            },
        });
    }

    undo(issuedBefore) {
        return this.#ask({
            title: "Take this back?",
            text: "What was revoked by it is accepted again, as far as it is still valid.",
            action: "Take back",
            run: async () => {
                await this.gatepost.call("DELETE", `revocations?${query({ user: this.user, issuedBefore: issuedBefore ?? undefined })}`);
                return "It is taken back.";
            },
        });
    }
}
