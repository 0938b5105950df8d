import { element } from "../element.js";
import { stamp } from "../format.js";
import { Tail } from "../tail.js";

const IMPORTANT = ["ERROR", "FATAL"];

function message(entry) {
    return entry.more.length === 0 ? entry.message : element("details", {},
        element("summary", {}, entry.message), element("pre", {}, entry.more.join("\n")));
}

/** The last lines of gatepost.log. */
export async function open(main, parameters, context) {
    const tail = new Tail(main, {
        page: "log",
        filters: [["Level, or more important", { name: "level", options: ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"] }],
            ["Text", { name: "text" }]],
        columns: [["When", "time"], "Level", ["Who", "spare word"], "Message"],
        row: entry => [stamp(entry.at), [entry.level, IMPORTANT.includes(entry.level) ? "refused" : undefined],
            entry.logger, message(entry)],
    }, context);
    await tail.open();
    return tail;
}
