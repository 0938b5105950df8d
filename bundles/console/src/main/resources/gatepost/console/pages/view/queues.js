import { element, field } from "../element.js";
import { age, bytes, count } from "../format.js";
import { query } from "../interface.js";
import { pager } from "../pager.js";
import { repeat } from "../repeat.js";
import { link } from "../router.js";
import { Table } from "../table.js";
import { Told } from "../told.js";
import { openQueue } from "./queue.js";
import { send } from "./queue-deeds.js";

const PAUSE = 5000;

export const title = ([queue]) => queue ?? "Queues and inboxes";

/** The fullest queues and inboxes first, by pages: #/queues, #/queues?search=app&page=1; and one of them: #/queues/app.inbox. */
export function open(main, parameters, context) {
    if (parameters.length > 0) {
        return openQueue(main, parameters[0], context);
    }
    const { ask, confirm, mayChange, query: asked } = context;
    const search = asked.get("search") ?? "";
    const page = Number(asked.get("page") ?? 0);
    const at = number => `${link("queues")}?${query({ search: search || undefined, page: number || undefined })}`;
    const told = new Told();
    const table = new Table("queues-list", ["Name", "Kind", ["Messages", "number"], ["Unacknowledged", "number"], ["Readers", "number"],
        ["Oldest", "number"], ["Size", "number"]], search ? "No queue has such a name" : "There is no queue");
    const more = element("div", {});
    const form = element("form", {
        class: "search", role: "search", id: "queues-search",
        onsubmit: event => {
            event.preventDefault();
            location.hash = `${link("queues")}?${query({ search: new FormData(form).get("search") || undefined })}`;
        },
    }, field("Name, or a part of it", { id: "queues-name", name: "search", value: search }),
    element("button", { type: "submit", class: "first" }, "Search"),
    mayChange ? element("button", { type: "button", id: "send", onclick: () => send({ ask, confirm, told, done: rounds.now }) }, "Send a message") : null);
    main.append(form, told.element, element("section", { class: "card", "aria-label": "Queues and inboxes" }, table.element, more));
    const rounds = repeat(async () => {
        const { queues, matching, first } = await ask("GET", `api/queues?${query({ search, page })}`);
        const now = Date.now();
        table.show(queues.map(queue => [element("a", { href: link("queues", queue.name) }, queue.name), queue.inbox ? "inbox" : "queue",
            count(queue.messages), count(queue.unacknowledged), count(queue.consumers), queue.oldest === null ? "–" : age(now - queue.oldest),
            bytes(queue.bytes)]), JSON.stringify([queues, Math.floor(now / 60_000)]));
        more.replaceChildren(pager({
            before: page > 0 && at(page - 1),
            behind: first + queues.length < matching && at(page + 1),
            words: matching > queues.length ? `${count(first + 1)} to ${count(first + queues.length)} of ${count(matching)}` : "",
        }));
    }, PAUSE, error => told.fail(error));
    return rounds;
}
