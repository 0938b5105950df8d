import { element, facts } from "../element.js";
import { stamp } from "../format.js";
import { Tail } from "../tail.js";

const EVENTS = ["any", "sign-in", "token-refresh", "denied", "cut", "allowed", "revoke", "undo", "operator", "webhook-send"];
const OUTCOMES = ["any", "accepted", "refused", "done", "denied", "cut", "allowed"];
/** What has a column of its own; all else stands in the last one. */
const COLUMNS = ["event", "decision", "outcome", "user", "name", "operation", "action", "destination", "on", "address", "reason", "line"];

function row({ at, fields }) {
    const outcome = fields.outcome ?? fields.decision ?? "";
    const rest = Object.entries(fields).filter(([key]) => !COLUMNS.includes(key));
    return [stamp(at),
        fields.line ?? ([fields.event ?? fields.operation, fields.action].filter(Boolean).join(": ") || fields.decision),
        [outcome, ["refused", "denied", "cut"].includes(outcome) ? "refused" : undefined],
        fields.user ?? fields.name ?? "",
        fields.destination ?? fields.on ?? "",
        fields.address ?? "",
        [fields.reason && element("div", {}, fields.reason), rest.length > 0 && element("details", {},
            element("summary", {}, "More"), facts(rest))]];
}

/** The last lines of audit.log: who signed in, what was denied, what operators did. */
export async function open(main, parameters, context) {
    const tail = new Tail(main, {
        page: "audit",
        filters: [["User", { name: "user" }], ["What", { name: "event", options: EVENTS }],
            ["Outcome", { name: "outcome", options: OUTCOMES }], ["Destination, or a part of it", { name: "destination" }]],
        columns: [["When", "time"], ["What", "word"], "Outcome", "User", "Where", ["From", "spare"], "Why"],
        row: entry => row(entry).map(cell => Array.isArray(cell) && cell.every(part => typeof part !== "string")
            ? element("div", {}, cell) : cell),
    }, context);
    await tail.open();
    return tail;
}
