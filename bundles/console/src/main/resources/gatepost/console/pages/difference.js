import { element } from "./element.js";

const SIGNS = { removed: "−", added: "+", same: "", gap: "⋯" };
const WORDS = { removed: "removed", added: "added" };

/** Lines that go, come and stay, as the server compares two texts. */
export function difference(lines) {
    return element("div", { class: "difference", tabindex: "0", role: "region", "aria-label": "Lines that differ" },
        element("ol", {}, lines.map(line => element("li", { class: line.kind },
            element("span", { class: "at", "aria-hidden": "true" }, String(line.after || line.before || "")),
            element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[line.kind]),
            WORDS[line.kind] && element("span", { class: "unseen" }, `${WORDS[line.kind]}: `),
            element("code", {}, line.text)))));
}
