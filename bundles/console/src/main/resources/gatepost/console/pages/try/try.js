import { ask } from "../ask.js";
import { age, moment } from "../format.js";
import { openInbox } from "./inbox.js";
import { Steps } from "./steps.js";

const WORKER = new URL("../lib/client-worker.js", import.meta.url).href;
// the inbox beats from a worker, and nothing else may be started here
globalThis.trustedTypes?.createPolicy("default", { createScriptURL: url => url === WORKER ? url : null });

const panes = [];
const steps = new Steps(...["steps", "next", "again"].map(id => document.getElementById(id)));

const pause = milliseconds => new Promise(over => setTimeout(over, milliseconds));

/** A tab of a user's browser. */
class Pane {

    constructor(id, name, user, other) {
        this.name = name;
        this.user = user;
        this.other = other;
        const element = document.getElementById("pane").content.cloneNode(true).firstElementChild;
        const find = selector => element.querySelector(selector);
        Object.assign(this, { element, badge: find(".badge"), presence: find(".presence"), state: find(".connection"),
            door: find(".door"), messages: find(".messages"), missed: find(".missed"), unread: find(".count"),
            readAll: find(".read-all"), refusal: find(".refusal"), input: find("input"), form: find("form") });
        element.id = id;
        find("h2").textContent = name;
        find("h2").id = `${id}-name`;
        element.setAttribute("aria-labelledby", `${id}-name`);
        this.messages.setAttribute("aria-label", `Messages: ${name}`);
        this.input.id = `${id}-text`;
        find("label").htmlFor = this.input.id;
        find("label").textContent = `To ${other}`;
        this.readAll.setAttribute("aria-label", `Read all: ${name}`);
        this.badge.addEventListener("click", () => this.say(inbox => inbox.seen()));
        this.readAll.addEventListener("click", () => this.say(inbox => inbox.read()));
        this.door.addEventListener("click", () => this.inbox ? this.goAway() : this.comeBack());
        this.form.addEventListener("submit", event => {
            event.preventDefault();
            this.send();
        });
        this.comeBack();
    }

    /** As a tab that is loaded. What was sent from here is in no inbox of this user, and stays. */
    comeBack() {
        this.messages.querySelectorAll(".message:not(.own)").forEach(item => item.remove());
        this.items = new Map();
        this.since = Date.now();
        if (this.cameMeanwhile > 0 && this.user === "bob") {
            steps.did("wait");
        }
        this.cameMeanwhile = 0;
        this.missed.textContent = "";
        this.element.classList.remove("away");
        this.nameDoor("Close");
        this.showState("connecting");
        this.inbox = openInbox({
            session: () => this.session(),
            // each pane is a tab of its own, and shows everything when it is opened
            storage: null,
            friend: this.other,
            onChange: snapshot => this.inbox && this.show(snapshot),
            onPresence: presence => this.inbox && this.showPresence(presence),
            onError: error => this.inbox && this.showState(error.message, "failed"),
        });
    }

    nameDoor(act) {
        this.door.textContent = act;
        this.door.setAttribute("aria-label", `${act}: ${this.name}`);
    }

    goAway() {
        const { inbox } = this;
        this.inbox = undefined;
        inbox.close();
        this.element.classList.add("away");
        this.badge.hidden = true;
        this.presence.textContent = "";
        this.presence.className = "presence";
        this.unread.textContent = "";
        this.readAll.disabled = true;
        this.nameDoor("Open again");
        this.showState("away");
    }

    async session() {
        const session = await ask("POST", "try/token", { user: this.user });
        showWhere(session.url);
        return session;
    }

    async say(act) {
        try {
            await (this.inbox && act(this.inbox));
        } catch (error) {
            this.showState(error.message, "failed");
        }
    }

    showState(text, kind = "") {
        this.state.textContent = text;
        this.state.className = `connection state ${kind}`;
    }

    showPresence({ user, online, since }) {
        this.presence.textContent = `${user} is ${online ? "on line" : "away"}${since ? ` since ${moment(since, Date.now())}` : ""}`;
        this.presence.className = `presence state ${online ? "on" : ""}`;
    }

    show({ connected, state, messages }) {
        this.showState(connected ? "on line" : "connecting", connected ? "on" : "");
        this.badge.hidden = !state.unseen;
        this.badge.textContent = `${state.unseen} new`;
        this.unread.textContent = state.unread ? `${state.unread} unread` : "";
        this.readAll.disabled = !state.unread;
        const items = new Set(messages.map(message => this.item(message)));
        this.items.forEach((item, id) => {
            if (!items.has(item)) {
                item.remove();
                this.items.delete(id);
            }
        });
    }

    /** @return what shows a message, as it is now */
    item(message) {
        const item = this.items.get(message.id) ?? this.itemOf(message);
        this.items.set(message.id, item);
        item.message = message;
        const isUnread = message.offset !== undefined && !message.state.includes("read");
        item.classList.toggle("unread", isUnread);
        item.firstChild.title = isUnread ? "Mark as read" : "Mark as unread";
        item.firstChild.disabled = message.offset === undefined;
        return item;
    }

    itemOf(message) {
        const before = this.since - message.timestamp;
        const when = before >= 1000 && !message.state.includes("done") ? `waited ${age(before)}` : moment(message.timestamp, Date.now());
        const item = this.add("button", message.body, `${message.headers.from ?? message.from}, ${when}`, message.timestamp);
        item.firstChild.type = "button";
        item.firstChild.addEventListener("click", () => this.say(inbox => {
            if (item.classList.contains("unread")) {
                steps.did("read");
                return inbox.read(item.message);
            }
            return inbox.unread(item.message);
        }));
        // what the inbox keeps of another day is done
        if (!message.headers.from && message.from !== "gatepost-welcome" && !message.state.includes("done")) {
            steps.did("publish");
        }
        return item;
    }

    /** @return the new item, in its place by the time */
    add(kind, content, note, at) {
        const item = document.createElement("div");
        item.className = "message";
        item.at = at;
        const text = document.createElement(kind);
        text.className = "text";
        text.textContent = content;
        const line = document.createElement("span");
        line.className = "note";
        line.textContent = note;
        item.append(text, line);
        const later = [...this.messages.children].find(other => other.at > at);
        this.messages.insertBefore(item, later ?? null);
        this.messages.scrollTop = this.messages.scrollHeight;
        return item;
    }

    async send() {
        const text = this.input.value;
        const button = this.form.querySelector("button");
        button.disabled = true;
        try {
            await ask("POST", "try/message", { from: this.user, to: this.other, text });
            this.input.value = "";
            this.refusal.textContent = "";
            this.add("span", text, `to ${this.other}`, Date.now()).classList.add("own");
            steps.did("write");
            const tabs = panes.filter(pane => pane.user === this.other);
            tabs.forEach(pane => pane.miss(tabs.every(tab => !tab.inbox)));
        } catch (error) {
            this.refusal.textContent = error.message;
        } finally {
            button.disabled = false;
        }
    }

    /** Something was sent to this user, and waits when no other tab is there. */
    miss(waits) {
        if (!this.inbox) {
            const many = ++this.cameMeanwhile === 1 ? "A message" : `${this.cameMeanwhile} messages`;
            const what = !waits ? "came meanwhile" : this.cameMeanwhile === 1 ? "waits" : "wait";
            this.missed.textContent = `${many} ${what} in /queue/user.${this.user}`;
        }
    }
}

/** Applications call where the pages connect to. */
function showWhere(url) {
    const { protocol, host } = new URL(url);
    for (const code of document.querySelectorAll(".server code[id]")) {
        code.textContent = code.textContent.replace("localhost:61614", host)
            .replace("http:", protocol === "wss:" ? "https:" : "http:");
    }
}

for (const button of document.querySelectorAll("[data-copies]")) {
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
        button.textContent = "Copied";
        await pause(2000);
        button.textContent = "Copy";
    });
}

for (const [id, name, user, other] of [
    ["alice-1", "alice, tab 1", "alice", "bob"],
    ["alice-2", "alice, tab 2", "alice", "bob"],
    ["bob", "bob", "bob", "alice"],
]) {
    const pane = new Pane(id, name, user, other);
    panes.push(pane);
    document.getElementById("panes").append(pane.element);
}

document.getElementById("javascript").textContent = await (await fetch("try/inbox.js")).text();
