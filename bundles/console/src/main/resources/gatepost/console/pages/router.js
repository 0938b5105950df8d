// Which page is shown: what stands behind the # of the address, as #/users/alice?at=2.
import { element } from "./element.js";

/** The pages in the order of the navigation; each is the module view/NAME.js. The first one is shown when none is named. */
const PAGES = [["overview", "Overview"], ["users", "Users"], ["queues", "Queues"], ["configuration", "Configuration"],
    ["routes", "Routes"], ["log", "Log"], ["audit", "Audit"]];

/** The address of a page: `link("users", "alice")` is "#/users/alice". */
export const link = (page, ...parameters) => `#/${[page, ...parameters].map(encodeURIComponent).join("/")}`;

/** Takes an address apart; a page that there is not is the first one. */
export function place(hash) {
    const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
    const [page, ...parameters] = path.split("/").map(part => {
        try {
            return decodeURIComponent(part);
        } catch {
            return part;
        }
    });
    const known = PAGES.find(([name]) => name === page) ?? PAGES[0];
    return { page: known[0], title: known[1], parameters: parameters.filter(part => part !== ""), query: new URLSearchParams(query) };
}

/**
 * Shows the page that the address names. A page is a module that exports
 *
 *     open(main, parameters, context): shows the page in `main`, which is empty but for its heading, and returns { close(), first } or nothing. It
 *         may be asynchronous. The page is busy until the promise `first`, which is optional, is done. `close` is called before another page, or this one with other parameters, is opened: timers end there. `parameters`
 *         are what stands behind the name in the address, decoded: of #/users/alice ["alice"].
 *     title(parameters), which is optional: what the heading says, where that is not what the navigation says
 *
 * and `context` is what console.js makes for the whole time in which somebody is signed in: see there.
 */
export class Router {

    constructor(navigation, main, context) {
        Object.assign(this, { navigation, main, context });
        this.links = PAGES.map(([name, title]) => element("a", { href: link(name), id: `page-${name}` }, title));
        navigation.replaceChildren(...this.links.map(to => element("li", {}, to)));
        this.changed = () => this.show(true);
        addEventListener("hashchange", this.changed);
    }

    /** @param moved whether somebody went there, and the focus goes with them */
    async show(moved) {
        if (location.hash === "#main") {
            return;
        }
        const turn = this.turn = {};
        this.shut();
        this.main.setAttribute("aria-busy", "true");
        const { page, title, parameters, query } = place(location.hash);
        this.links.forEach((to, index) =>
            PAGES[index][0] === page ? to.setAttribute("aria-current", "page") : to.removeAttribute("aria-current"));
        const main = element("div", { id: page, class: "view" });
        const heading = element("h2", { class: "title", tabindex: "-1" }, title);
        main.append(heading);
        try {
            const view = await import(`./view/${page}.js`);
            if (turn !== this.turn) {
                return;
            }
            heading.textContent = view.title?.(parameters) ?? title;
            document.title = `${heading.textContent} · Gatepost`;
            this.main.replaceChildren(main);
            if (moved) {
                heading.focus();
                scrollTo(0, 0);
            }
            const opened = await view.open(main, parameters, { ...this.context, query });
            if (turn !== this.turn) {
                opened?.close?.();
                return;
            }
            this.opened = opened;
            this.context.live.page = opened;
            await opened?.first;
        } catch (error) {
            if (turn === this.turn && error.status !== 401) {
                main.append(element("p", { class: "refusal", role: "alert" }, error.message));
                this.main.replaceChildren(main);
            }
        }
        if (turn === this.turn) {
            this.main.dataset.page = location.hash;
            this.main.removeAttribute("aria-busy");
        }
    }

    shut() {
        this.opened?.close?.();
        this.opened = undefined;
        this.context.live.page = undefined;
    }

    close() {
        this.turn = undefined;
        removeEventListener("hashchange", this.changed);
        this.shut();
        this.main.replaceChildren();
        document.title = "Gatepost";
    }
}
