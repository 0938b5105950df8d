import { element } from "./element.js";

/** Links to the page before and the one behind, each with an address of its own; nothing where there is only one page. */
export function pager({ before, behind, words }) {
    return element("nav", { class: "pager", "aria-label": "Further pages" },
        before ? element("a", { href: before, rel: "prev" }, "Back") : null,
        words ? element("span", { class: "quiet" }, words) : null,
        behind ? element("a", { href: behind, rel: "next" }, "More") : null);
}
