import { Chart } from "../chart.js";
import { card, element, facts, field } from "../element.js";
import { age, bytes, count, duration, moment, rate } from "../format.js";
import { answerGate } from "../gate.js";
import { link } from "../router.js";
import { Table } from "../table.js";

const CHARTS = [
    ["users", "On line", [
        { name: "users", of: sample => sample.users },
        { name: "connections", of: sample => sample.connections },
    ], count, 4],
    ["messages", "Messages a second", [
        { name: "in", of: sample => sample.received },
        { name: "out", of: sample => sample.sent },
    ], rate, 4],
    ["delivery", "Time to delivery", [
        { name: "median", of: sample => sample.deliveryMedian },
        { name: "p99", of: sample => sample.deliveryMost },
    ], duration, 0.002],
    ["waiting", "Messages in queues", [
        { name: "waiting", of: sample => sample.waiting },
    ], count, 4],
];

const address = uri => uri.replace(/^[a-z+]+:\/\//, "").replace(/\?.*$/, " (proxied)");

function outcome(change) {
    const words = { taken: "in force", refused: "refused", awaited: "waiting for its content" }[change.outcome];
    return [`${words}${change.note ? `: ${change.note}` : ""}`, change.outcome === "refused" ? "refused" : undefined];
}

/** The tables, and what is in them of a snapshot. */
const TABLES = {
    queues: [new Table("queues", ["Queue", ["Messages", "number"], ["Readers", "number"], ["Oldest", "number"]], "Every queue is empty"),
        "Deepest queues", ({ queues }, now) => queues.map(queue => [queue.name, count(queue.messages), count(queue.consumers),
            queue.oldest === null ? "–" : age(now - queue.oldest)])],
    slow: [new Table("slow", ["User", ["Address", "spare"], ["Unwritten", "number"], ["Unacknowledged", "number"]], "Everybody keeps up"),
        "Sessions that lag behind", ({ slow }) => slow.map(session => [session.user, address(session.address),
            session.waitingBytes === 0 ? "–" : bytes(session.waitingBytes),
            session.unacknowledged === 0 ? "–" : count(session.unacknowledged)])],
    denials: [new Table("denials", [["When", "time"], "Who", "What", ["Why", "spare"]], "Nothing was denied since the start"),
        "Recent denials", ({ denials }, now) => denials.map(denial => [moment(denial.at, now), denial.user,
            `${denial.cut ? "cut: " : ""}${denial.operation} ${denial.destination}`, denial.reason])],
    webhooks: [new Table("webhooks", ["Name", ["Pending", "number"], ["Oldest", "number"], "State"], "There is no webhook"),
        "Webhooks", ({ webhooks }, now) => webhooks.map(webhook => [webhook.name, count(webhook.pending),
            webhook.oldest === null ? "–" : age(now - webhook.oldest),
            [`${webhook.state}${webhook.failure ? `: ${webhook.failure}` : ""}`,
                webhook.state === "ok" || webhook.state === "starting" ? undefined : "refused"]])],
    changes: [new Table("changes", [["When", "time"], ["File", "file"], "Last change"], "Nothing is configured"),
        "Configuration", ({ changes }, now) => changes.map(change =>
            [moment(change.at, now), change.file.replace(/^etc\//, ""), outcome(change)])],
};

function gate(ask) {
    const answer = element("div", { id: "answer", role: "status" });
    const form = element("form", {
        id: "gate", autocomplete: "off",
        onsubmit: event => {
            event.preventDefault();
            answerGate(new FormData(form), answer, ask);
        },
    },
    field("User", { id: "gate-user", name: "user", required: true }),
    field("Operation", { id: "gate-operation", name: "operation", options: ["read", "write", "admin"] }),
    field("Destination", { id: "gate-destination", name: "destination", placeholder: "queue://user.alice", required: true, wide: true }),
    field("Groups, if not those that are known", { id: "gate-groups", name: "groups", placeholder: "users, admins", wide: true }),
    element("button", { type: "submit", class: "first" }, "Ask the gate"));
    return card("gate", "May they?", form, answer);
}

const SPANS = { minutes: 300_000, hour: 3_600_000 };
/** More would be less than a pixel. Milliseconds between two samples. */
const STEP = { minutes: 0, hour: 5_000 };

function thinned(samples, span, step) {
    const from = (samples.at(-1)?.at ?? 0) - span;
    let last = -Infinity;
    return samples.filter(({ at }, index) => {
        const shown = at > from && (at - last >= step || index === samples.length - 1);
        last = shown ? at : last;
        return shown;
    });
}

/** Who is on line, how much goes in and out, and what is unusual. */
export function open(main, parameters, { ask, live, query }) {
    const span = query.get("span") === "hour" ? "hour" : "minutes";
    const figures = element("div", { id: "facts" });
    const charts = CHARTS.map(([name, ...chart]) => {
        const figure = element("figure", { class: "card chart", id: `chart-${name}` });
        return [figure, new Chart(figure, ...chart, SPANS[span])];
    });
    const cards = Object.fromEntries(Object.entries(TABLES).map(([id, [table, title]]) => [id, card(id, title, table.element)]));
    main.append(figures,
        element("nav", { class: "choice", "aria-label": "How far back the charts go" },
            element("a", { href: link("overview"), "aria-current": span === "minutes" ? "true" : null }, "5 minutes"),
            element("a", { href: `${link("overview")}?span=hour`, "aria-current": span === "hour" ? "true" : null }, "1 hour")),
        element("section", { class: "charts", "aria-label": "Charts" }, charts.map(([figure]) => figure)),
        element("div", { class: "columns" },
            element("div", {}, cards.queues, gate(ask)),
            element("div", {}, cards.slow, cards.denials, cards.webhooks, cards.changes)));
    const end = live.watch(({ samples, snapshot, isStale }) => {
        const shown = thinned(samples, SPANS[span], STEP[span]);
        charts.forEach(([, chart]) => chart.show(shown, isStale));
        cards.webhooks.hidden = !snapshot?.webhooks.length;
        if (snapshot) {
            const { facts: known, sample } = snapshot;
            figures.replaceChildren(facts([["Version", known.version], ["Up for", age(sample.at - known.started)],
                ["Store", `${bytes(known.store)} of ${bytes(known.storeLimit)}`],
                ["Heap", `${bytes(known.heap)} of ${bytes(known.heapLimit)}`]]));
            Object.values(TABLES).forEach(([table, , rows]) => table.show(rows(snapshot, sample.at)));
        }
    });
    return { close: end };
}
