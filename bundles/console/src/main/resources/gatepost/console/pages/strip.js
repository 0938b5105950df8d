// What stands on top of every page: whether live data comes, and what is wrong.
import { element } from "./element.js";
import { age, moment } from "./format.js";
import { link } from "./router.js";

const get = id => document.getElementById(id);

/** Filled anew only when it says something else: a screen reader reads it out each time. */
function fill(place, lines) {
    const text = lines.map(line => line.textContent).join("\n");
    if (place.dataset.shown !== text) {
        place.dataset.shown = text;
        place.replaceChildren(...lines);
    }
    place.hidden = lines.length === 0;
}

const line = (...content) => element("p", {}, ...content);

function refused({ file, note }) {
    return line(`${file} was refused, what was in force before stays: ${note} `, element("a", { href: link("configuration") }, "Configuration"));
}

/** @param live see live.js */
export function showStrip(live) {
    const { state, status, shown, restarted, isStale, isSilent } = live;
    const known = ["live", "connecting"].includes(state);
    const silent = state === "live" && isSilent;
    get("live").textContent = known && !silent ? state : "no live data";
    get("live").className = `state ${silent || !known ? "failed" : state === "live" ? "on" : ""}`;
    document.body.classList.toggle("stale", isStale);
    fill(get("strip"), [...known ? [] : [line(state)], ...status.problems.map(problem => line(problem)), ...status.refused.map(refused)]);
    get("stale").hidden = !isStale;
    if (isStale) {
        get("stale").textContent = `What is shown is from ${moment(shown, Date.now())}, ${age(Date.now() - shown)} ago: nothing has come since.`;
    }
    get("restarted").hidden = restarted === undefined;
    if (restarted !== undefined) {
        fill(get("restarted").firstElementChild, [line(`Gatepost has restarted: it was started at ${moment(restarted, Date.now())}. Charts begin anew.`)]);
    }
}
