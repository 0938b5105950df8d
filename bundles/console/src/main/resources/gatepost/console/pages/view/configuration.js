import { Editor, outcome } from "../editor.js";
import { card, element } from "../element.js";
import { moment } from "../format.js";
import { repeat } from "../repeat.js";
import { link } from "../router.js";
import { Table } from "../table.js";

const PAUSE = 2000;
const ROUTES = /^etc\/routes\//;

export const title = ([name]) => name === undefined ? "Configuration" : `etc/${name}`;

/** What became of each file; and of one, its text, for those who may change it. */
export async function open(main, [name], context) {
    if (name === undefined) {
        return states(main, context);
    }
    if (!context.mayChange) {
        main.append(element("p", {}, "A viewer sees what became of a file, and not what is in it. ",
            element("a", { href: link("configuration") }, "All files")));
        return undefined;
    }
    const editor = new Editor(main, name, context);
    try {
        await editor.read();
    } catch (error) {
        editor.close();
        throw error;
    }
    return editor;
}

async function states(main, { ask, mayChange }) {
    const table = new Table("files", ["File", "State", ["Since", "time"], "Note"], "Nothing is configured");
    const note = element("p", { class: "quiet" }, mayChange
        ? "A file with a link is edited here. The users file, keys and routes are changed with an editor: nobody is shown passwords and keys."
        : "Who has the role admin edits these files here.");
    main.append(card("files", "What Gatepost reads in etc", table.element), note);
    const show = async () => {
        const { files } = await ask("GET", "api/configuration");
        // what is refused is what somebody looks for
        files.sort((one, other) => (other.state === "refused") - (one.state === "refused"));
        table.show(files.map(file => row(file, mayChange)), JSON.stringify([files, Math.floor(Date.now() / 3_600_000)]));
    };
    await show();
    return repeat(show, PAUSE, () => undefined);
}

function row(file, mayChange) {
    const short = file.file.replace(/^etc\//, "");
    const to = ROUTES.test(file.file) ? link("routes") : mayChange && file.name ? link("configuration", file.name) : undefined;
    const known = file.problems.length > 0
        ? element("ul", { class: "whys" }, file.problems.map(problem => element("li", {}, `${problem.key}: ${problem.reason}`)))
        : file.note;
    // a name may go on in the next line behind a dot
    const name = short.split(/(?<=[.-])(?!cfg$)/).flatMap(part => [part, element("wbr")]);
    return [element(to ? "a" : "span", to ? { href: to } : {}, name),
        [outcome[file.state], file.state === "refused" ? "refused" : undefined],
        file.at > 0 ? moment(file.at, Date.now()) : "–", known];
}
