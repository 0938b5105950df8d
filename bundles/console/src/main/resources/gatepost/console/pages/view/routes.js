import { card, element } from "../element.js";
import { count } from "../format.js";
import { repeat } from "../repeat.js";
import { Table } from "../table.js";

const PAUSE = 2000;

/** The operator's routes: how they are doing; stopping and starting them. */
export async function open(main, parameters, { ask, confirm, mayChange }) {
    const table = new Table("routes-table", [["Route", "word"], "From", "State", ["Done", "number"], ["Failed", "number"], ["In flight", "number"],
        "Last failure", ...mayChange ? [["Action", "action"]] : []], "There are no routes: none of the files of etc/routes has one");
    const refused = new Table("refused-routes", [["File", "file"], "Why"], "");
    const refusals = card("refused-routes", "Files that are refused; of each, the last good version runs", refused.element);
    const said = element("div", { role: "status", id: "routes-said" });
    main.append(said, refusals, card("routes-table", "Routes", table.element));

    const show = async () => {
        const { files } = await ask("GET", "api/routes");
        const refusing = files.filter(file => file.refusal !== "");
        refusals.hidden = refusing.length === 0;
        refused.show(refusing.map(file => [file.name, [file.refusal, "refused"]]));
        table.show(files.flatMap(file => file.routes.map(route => row(file.name, route))), JSON.stringify(files));
    };
    const say = (text, kind) => said.replaceChildren(element("p", { class: kind }, text));
    const run = async (what, file, id) => {
        const { done } = await ask("POST", `api/routes/${what}`, { file, id });
        const name = `${file}/${id}`;
        say(done ? `${name} is ${what === "start" ? "started" : "stopped"}.`
            : `${name} finishes the messages that it has begun, and stops then.`, "done");
        await show();
    };
    const start = async (file, id) => {
        try {
            await run("start", file, id);
        } catch (error) {
            say(error.message, "refusal");
        }
    };
    const stop = (file, id) => confirm({
        title: `Stop ${file}/${id}?`,
        text: "It finishes the messages that it has begun, and takes no more until it is started or its file changes.",
        action: "Stop the route",
        run: () => run("stop", file, id),
    });

    function row(file, route) {
        const stopped = route.state === "Stopped";
        const button = element("button", { type: "button", onclick: () => (stopped ? start : stop)(file, route.id) },
            stopped ? "Start" : "Stop", element("span", { class: "unseen" }, ` ${file}/${route.id}`));
        return [element("span", {}, file, "/", element("wbr"), route.id), route.from, [route.state, route.state === "Denied" ? "refused" : undefined],
            count(route.completed), count(route.failed), count(route.inFlight), route.error || "–",
            ...mayChange ? [button] : []];
    }

    await show();
    return repeat(show, PAUSE, () => undefined);
}
