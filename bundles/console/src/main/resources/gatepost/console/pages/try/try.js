import { ask } from "/ask.js";
import { age } from "/format.js";
import { openInbox } from "/try/inbox.js";

const panes = [];

const pause = milliseconds => new Promise(over => setTimeout(over, milliseconds));

/** A tab of a user's browser. */
class Pane {

    constructor(id, name, user, other) {
        this.name = name;
        this.user = user;
        this.other = other;
        const element = document.getElementById("pane").content.cloneNode(true).firstElementChild;
        const find = selector => element.querySelector(selector);
        Object.assign(this, { element, badge: find(".badge"), state: find(".state"), door: find(".door"), messages: find(".messages"),
            missed: find(".missed"), readAll: find(".read-all"), refusal: find(".refusal"), input: find("input"),
            form: find("form") });
        element.id = id;
        find("h2").textContent = name;
        find("h2").id = `${id}-name`;
        element.setAttribute("aria-labelledby", `${id}-name`);
        this.messages.setAttribute("aria-label", `Messages: ${name}`);
        this.input.id = `${id}-text`;
        find("label").htmlFor = this.input.id;
        find("label").textContent = `To ${other}`;
        this.readAll.setAttribute("aria-label", `Read all: ${name}`);
        this.readAll.addEventListener("click", () => this.online && this.inbox.readUpTo(this.last));
        this.door.addEventListener("click", () => this.visit ? this.goAway() : this.comeBack());
        this.form.addEventListener("submit", event => {
            event.preventDefault();
            this.send();
        });
        this.comeBack();
    }

    /** As a tab that is loaded: it shows what the inbox keeps. What was sent from here is in no inbox of this user. */
    comeBack() {
        this.messages.querySelectorAll(".message:not(.own)").forEach(item => item.remove());
        this.unread = new Map();
        this.cameMeanwhile = 0;
        this.missed.textContent = "";
        const visit = this.visit = {};
        // one that has been closed may have something to say still
        const ifOpen = act => about => this.visit === visit && act.call(this, about);
        this.inbox = openInbox({
            user: this.user,
            fetchToken: user => this.fetchToken(user),
            onMessage: ifOpen(this.show),
            onCounts: ifOpen(this.count),
            onState: ifOpen(this.showState),
        });
        this.element.classList.remove("away");
        this.nameDoor("Close");
    }

    nameDoor(act) {
        this.door.textContent = act;
        this.door.setAttribute("aria-label", `${act}: ${this.name}`);
    }

    async goAway() {
        this.visit = undefined;
        this.element.classList.add("away");
        this.badge.hidden = true;
        this.readAll.disabled = true;
        this.nameDoor("Open again");
        this.showState("away");
        await this.inbox.close();
    }

    showState(state, failed = false) {
        this.online = state === "on line";
        if (this.online) {
            this.onlineSince = Date.now();
        }
        this.state.textContent = state;
        this.state.className = `state ${this.online ? "on" : ""} ${failed ? "failed" : ""}`;
    }

    /** Again and again, until there is one or the pane is closed. */
    async fetchToken(user) {
        for (;;) {
            try {
                return await ask("POST", "/try/token", { user });
            } catch (error) {
                if (this.visit) {
                    this.showState(error.message, true);
                }
                await pause(2000);
            }
            if (!this.visit) {
                return {};
            }
        }
    }

    show(message) {
        const sent = Number(message.headers.timestamp);
        const before = this.onlineSince - sent;
        const state = message.headers["gatepost-state"] ?? "";
        const from = message.headers.from ?? "Gatepost";
        const when = before <= 0 ? "" : state.includes("done") ? `, ${age(before)} ago` : `, waited ${age(before)}`;
        const item = this.add(message.body, `${from}${when}`, sent);
        if (message.headers["gatepost-offset"] && !state.includes("read")) {
            this.last = message;
            const text = document.createElement("button");
            text.type = "button";
            text.className = "text";
            text.title = "Mark as read";
            text.textContent = message.body;
            text.addEventListener("click", () => this.online && this.inbox.read(message));
            item.classList.add("unread");
            item.firstChild.replaceWith(text);
            this.unread.set(Number(message.headers["gatepost-offset"]), item);
        }
    }

    count({ unread, changed: { read = [] } = {} }) {
        this.badge.hidden = unread === 0;
        this.badge.textContent = `${unread} unread`;
        this.readAll.disabled = unread === 0;
        for (const offset of unread === 0 ? this.unread.keys() : read) {
            this.markRead(this.unread.get(offset));
            this.unread.delete(offset);
        }
    }

    markRead(item) {
        if (item) {
            const had = item.contains(document.activeElement);
            item.classList.remove("unread");
            item.firstChild.replaceWith(this.text(item.firstChild.textContent));
            if (had) {
                this.messages.focus({ preventScroll: true });
            }
        }
    }

    text(content) {
        const text = document.createElement("span");
        text.className = "text";
        text.textContent = content;
        return text;
    }

    /** @return the new item, in its place by the time */
    add(text, note, at) {
        const item = document.createElement("div");
        item.className = "message";
        item.at = at;
        const line = document.createElement("span");
        line.className = "note";
        line.textContent = note;
        item.append(this.text(text), line);
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
            await ask("POST", "/try/message", { from: this.user, to: this.other, text });
            this.input.value = "";
            this.refusal.textContent = "";
            this.add(text, `to ${this.other}`, Date.now()).classList.add("own");
            const tabs = panes.filter(pane => pane.user === this.other);
            tabs.forEach(pane => pane.miss(tabs.every(tab => !tab.visit)));
        } catch (error) {
            this.refusal.textContent = error.message;
        } finally {
            button.disabled = false;
        }
    }

    /** Something was sent to this user, and waits when no other tab is there. */
    miss(waits) {
        if (!this.visit) {
            const many = ++this.cameMeanwhile === 1 ? "A message" : `${this.cameMeanwhile} messages`;
            const what = !waits ? "came meanwhile" : this.cameMeanwhile === 1 ? "waits" : "wait";
            this.missed.textContent = `${many} ${what} in /queue/user.${this.user}`;
        }
    }
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

for (const [id, file] of [["javascript", "/try/inbox.js"], ["ruby", "/try/publish.rb"]]) {
    const code = document.getElementById(id);
    code.textContent = await (await fetch(file)).text();
    const button = document.querySelector(`[data-copies=${id}]`);
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
        await pause(2000);
        button.textContent = "Copy";
    });
}
