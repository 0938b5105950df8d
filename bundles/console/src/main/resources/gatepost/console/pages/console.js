import { ask } from "/ask.js";
import { Chart } from "/chart.js";
import { Feed } from "/feed.js";
import { age, bytes, count, duration, moment, rate } from "/format.js";
import { answerGate } from "/gate.js";
import { tellTrace } from "/trace.js";

const SPAN = 300_000;
const get = id => document.getElementById(id);

const charts = [
    new Chart(get("chart-users"), "On line", [
        { name: "users", of: sample => sample.users },
        { name: "connections", of: sample => sample.connections },
    ], count, 4),
    new Chart(get("chart-messages"), "Messages a second", [
        { name: "in", of: sample => sample.received },
        { name: "out", of: sample => sample.sent },
    ], rate, 4),
    new Chart(get("chart-delivery"), "Time to delivery", [
        { name: "median", of: sample => sample.deliveryMedian },
        { name: "p99", of: sample => sample.deliveryMost },
    ], duration, 0.002),
    new Chart(get("chart-waiting"), "Messages in queues", [
        { name: "waiting", of: sample => sample.waiting },
    ], count, 4),
];

let feed;
let samples = [];

function cell(text, className = "") {
    const element = document.createElement("td");
    element.className = className;
    // where a name may go on in the next line
    for (const part of className === "file" ? text.split(/(?<=[.-])(?!cfg$)/) : [text]) {
        element.append(part, ...className === "file" ? [document.createElement("wbr")] : []);
    }
    return element;
}

/** Rows that stay as they are are left alone, so that a text in them can be marked. */
function fill(id, rows, none) {
    const body = get(id).tBodies[0];
    const text = JSON.stringify(rows);
    if (body.dataset.shown === text) {
        return;
    }
    body.dataset.shown = text;
    const shown = rows.map(row => {
        const line = document.createElement("tr");
        line.append(...row.map(([content, className]) => cell(content, className)));
        return line;
    });
    if (shown.length === 0) {
        const line = document.createElement("tr");
        const only = cell(none, "none");
        only.colSpan = get(id).tHead.rows[0].cells.length;
        line.append(only);
        shown.push(line);
    }
    body.replaceChildren(...shown);
}

function showFacts(facts, now) {
    const rows = [["Version", facts.version], ["Up for", age(now - facts.started)],
        ["Store", `${bytes(facts.store)} of ${bytes(facts.storeLimit)}`],
        ["Heap", `${bytes(facts.heap)} of ${bytes(facts.heapLimit)}`]];
    get("facts").replaceChildren(...rows.map(([name, value]) => {
        const pair = document.createElement("div");
        const term = document.createElement("dt");
        term.textContent = name;
        const detail = document.createElement("dd");
        detail.textContent = value;
        pair.append(term, detail);
        return pair;
    }));
}

function notice(lines) {
    get("notice").hidden = lines.length === 0;
    get("notice").textContent = lines.join("\n");
}

function address(uri) {
    return uri.replace(/^[a-z+]+:\/\//, "").replace(/\?.*$/, " (proxied)");
}

function show(snapshot) {
    const now = snapshot.sample.at;
    samples = [...samples.filter(sample => sample.at > now - SPAN && sample.at < now), snapshot.sample];
    charts.forEach(chart => chart.show(samples));
    showFacts(snapshot.facts, now);
    notice(snapshot.problems);
    fill("queues", snapshot.queues.map(queue => [[queue.name], [count(queue.messages), "number"],
        [count(queue.consumers), "number"], [queue.oldest === null ? "–" : age(now - queue.oldest), "number"]]),
    "Every queue is empty");
    fill("slow", snapshot.slow.map(session => [[session.user], [address(session.address), "spare"],
        [session.waitingBytes === 0 ? "–" : bytes(session.waitingBytes), "number"],
        [session.unacknowledged === 0 ? "–" : count(session.unacknowledged), "number"]]), "Everybody keeps up");
    fill("denials", snapshot.denials.map(denial => [[moment(denial.at, now), "time"], [denial.user],
        [`${denial.cut ? "cut: " : ""}${denial.operation} ${denial.destination}`], [denial.reason, "spare"]]),
    "Nothing was denied since the start");
    get("webhooks-card").hidden = snapshot.webhooks.length === 0;
    fill("webhooks", snapshot.webhooks.map(webhook => [[webhook.name], [count(webhook.pending), "number"],
        [webhook.oldest === null ? "–" : age(now - webhook.oldest), "number"],
        [`${webhook.state}${webhook.failure ? `: ${webhook.failure}` : ""}`,
            webhook.state === "ok" || webhook.state === "starting" ? undefined : "refused"]]), "There is no webhook");
    fill("changes", snapshot.changes.map(change => [
        [moment(change.at, now), "time"], [change.file.replace(/^etc\//, ""), "file"],
        outcome(change)]),
    "Nothing is configured");
}

function outcome(change) {
    const words = {taken: "in force", refused: "refused", awaited: "waiting for its content"}[change.outcome];
    return [`${words}${change.note ? `: ${change.note}` : ""}`, change.outcome === "refused" ? "refused" : undefined];
}

function showState(state) {
    const known = ["live", "connecting"].includes(state);
    get("live").textContent = known ? state : "no live data";
    get("live").className = `state ${state === "live" ? "on" : known ? "" : "failed"}`;
    if (!known) {
        notice([state]);
    }
}

function signedIn(user) {
    get("sign-in").hidden = true;
    get("dashboard").hidden = false;
    for (const id of ["live", "who", "sign-out"]) {
        get(id).hidden = false;
    }
    get("who").textContent = user;
    feed = new Feed({
        onHistory: history => {
            samples = history;
            charts.forEach(chart => chart.show(samples));
        },
        onSnapshot: show,
        onState: showState,
        onSignedOut: signedOut,
    });
}

function signedOut() {
    feed?.stop();
    feed = undefined;
    samples = [];
    for (const id of ["dashboard", "live", "who", "sign-out"]) {
        get(id).hidden = true;
    }
    get("answer").replaceChildren();
    get("told").replaceChildren();
    get("sign-in").hidden = false;
    get("user").focus();
}

get("sign-in").addEventListener("submit", async event => {
    event.preventDefault();
    const button = get("sign-in").querySelector("button");
    button.disabled = true;
    try {
        const { user } = await ask("POST", "/session", { user: get("user").value, password: get("password").value });
        get("sign-in-refusal").textContent = "";
        signedIn(user);
        // what had the focus is gone
        document.querySelector("main").focus();
    } catch (error) {
        get("sign-in-refusal").textContent = error.message;
    } finally {
        get("password").value = "";
        button.disabled = false;
    }
});

get("sign-out").addEventListener("click", async () => {
    await ask("DELETE", "/session").catch(() => undefined);
    signedOut();
});

get("gate").addEventListener("submit", event => {
    event.preventDefault();
    answerGate(new FormData(get("gate")), get("answer"), signedOut);
});

get("trace").addEventListener("submit", event => {
    event.preventDefault();
    tellTrace(new FormData(get("trace")), get("told"), signedOut);
});

const { user } = await ask("GET", "/session");
if (user) {
    signedIn(user);
} else {
    signedOut();
}
