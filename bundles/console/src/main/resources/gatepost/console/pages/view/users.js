import { element, field } from "../element.js";
import { moment } from "../format.js";
import { query } from "../interface.js";
import { pager } from "../pager.js";
import { repeat } from "../repeat.js";
import { link } from "../router.js";
import { Table } from "../table.js";
import { openUser } from "./user.js";

const PAGE = 50;
const PAUSE = 5000;

export const title = ([user]) => user ?? "Users";

const state = ({ online, since }) =>
    `${online ? "on line" : "away"}${since ? ` since ${moment(since, Date.now())}` : ""}`;

/** Who is on line, or whose name has something in it, by pages: #/users, #/users?search=ali&after=alice; and one of them: #/users/alice. */
export function open(main, parameters, context) {
    if (parameters.length > 0) {
        return openUser(main, parameters[0], context);
    }
    const { ask, gatepost, query: asked } = context;
    const search = asked.get("search");
    const after = asked.get("after") ?? "";
    const table = new Table("users-list", ["User", "State"], search === null ? "Nobody is on line" : "Nobody has such a name");
    const more = element("div", {});
    const problem = element("p", { class: "refusal", role: "alert" });
    const form = element("form", {
        class: "search", role: "search", id: "users-search",
        onsubmit: event => {
            event.preventDefault();
            location.hash = `${link("users")}?${query({ search: new FormData(form).get("search") })}`;
        },
    }, field("Name, or a part of it", { id: "users-name", name: "search", value: search ?? "" }),
    element("button", { type: "submit", class: "first" }, "Search"));
    main.append(form,
        element("nav", { class: "choice", "aria-label": "Which users" },
            element("a", { href: link("users"), "aria-current": search === null ? "true" : null }, "On line now"),
            element("a", { href: `${link("users")}?search=`, "aria-current": search === null ? null : "true" }, "All")),
        element("section", { class: "card", "aria-label": search === null ? "On line now" : "Users" }, table.element, more),
        problem);
    const onLine = async () => {
        const { users, count, next } = await gatepost.call("GET", `online?${query({ limit: PAGE, cursor: after || undefined })}`);
        return { users, matching: count, next };
    };
    const found = () => ask("GET", `api/users?${query({ search, after })}`);
    return repeat(async () => {
        const { users, matching, next } = await (search === null ? onLine() : found());
        problem.textContent = "";
        table.show(users.map(user => [element("a", { href: link("users", user.user) }, user.user), state(user)]), JSON.stringify(users));
        more.replaceChildren(pager({
            before: after && `${link("users")}?${query({ search: search ?? undefined })}`,
            behind: next && `${link("users")}?${query({ search: search ?? undefined, after: next })}`,
            words: matching > PAGE ? `${matching} users` : "",
        }));
    }, PAUSE, error => {
        problem.textContent = error.message;
    });
}
