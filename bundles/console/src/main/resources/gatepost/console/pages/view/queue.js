// One queue or inbox: #/queues/app.inbox.
import { card, element, facts } from "../element.js";
import { age, bytes, count, moment } from "../format.js";
import { query } from "../interface.js";
import { repeat } from "../repeat.js";
import { Table } from "../table.js";
import { Told } from "../told.js";
import { purge, send } from "./queue-deeds.js";

const PAUSE = 3000;

function row({ came, expires, redeliveries, persistent, headers, size, body }) {
    const now = Date.now();
    const notes = [bytes(size), expires === null ? null : `expires ${moment(expires, now)}`,
        redeliveries > 0 ? `${redeliveries} redeliveries` : null, persistent ? null : "in memory only"].filter(Boolean);
    return [moment(came, now), notes.join(", "), element("div", {},
        element("p", { class: "headers code" }, Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join("\n")),
        element("pre", {}, body))];
}

/** Shows how full it is; an administrator also sees what is in it, sends to it and purges it. */
export function openQueue(main, queue, { ask, confirm, mayChange }) {
    const told = new Told();
    const figures = element("div", {});
    const messages = new Table("messages", [["Came", "time"], "What", ["Content", "body"]], "It is empty");
    const browse = async () => messages.show((await ask("GET", `api/queues/messages?${query({ queue })}`)).messages.map(row), {});
    const parts = { ask, confirm, told, done: async () => {
        await rounds.now();
        await browse();
    } };
    main.append(figures);
    if (mayChange) {
        main.append(element("div", { class: "buttons", id: "deeds" },
            element("button", { type: "button", id: "send", onclick: () => send(parts, queue) }, "Send a message"),
            element("button", { type: "button", id: "purge", class: "danger", onclick: () => purge(parts, queue) }, "Purge")));
    }
    main.append(told.element, mayChange
        ? card("messages", "The first messages", messages.element, element("div", { class: "buttons" },
            element("button", { type: "button", id: "browse", onclick: () => browse().catch(error => told.fail(error)) }, "Look again")))
        : card("messages", "Messages", element("p", { class: "quiet" }, "What is in messages is shown to administrators only.")));
    const rounds = repeat(async () => {
        const { queue: now } = await ask("GET", `api/queue?${query({ name: queue })}`);
        figures.replaceChildren(facts(now === null
            ? [["State", "there is no such queue"]]
            : [["Kind", now.inbox ? "inbox: every reader gets every message" : "queue: each message goes to one reader"],
                ["Messages", count(now.messages)], ["Unacknowledged", count(now.unacknowledged)], ["Readers", count(now.consumers)],
                ["Oldest", now.oldest === null ? "–" : age(Date.now() - now.oldest)], ["Size", bytes(now.bytes)]]));
    }, PAUSE, error => told.fail(error));
    if (mayChange) {
        browse().catch(() => messages.show([]));
    }
    return rounds;
}
