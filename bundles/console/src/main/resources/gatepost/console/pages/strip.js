// What stands on top of every page: whether live data comes, and what is wrong.
const get = id => document.getElementById(id);

/** @param live see live.js */
export function showStrip({ state, snapshot }) {
    const known = ["live", "connecting"].includes(state);
    get("live").textContent = known ? state : "no live data";
    get("live").className = `state ${state === "live" ? "on" : known ? "" : "failed"}`;
    const lines = [...known ? [] : [state], ...snapshot?.problems ?? []];
    get("strip").hidden = lines.length === 0;
    const text = lines.join("\n");
    if (get("strip").textContent !== text) {
        get("strip").textContent = text;
    }
}
