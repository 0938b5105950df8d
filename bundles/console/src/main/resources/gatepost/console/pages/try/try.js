import { ask } from "/ask.js";
import { age } from "/format.js";
import { openInbox } from "/try/inbox.js";

const USERS = ["alice", "bob"];
const panes = new Map();

const pause = milliseconds => new Promise(over => setTimeout(over, milliseconds));

class Pane {

    constructor(user, other) {
        this.user = user;
        this.other = other;
        this.sentMeanwhile = 0;
        const element = document.getElementById("pane").content.cloneNode(true).firstElementChild;
        const find = selector => element.querySelector(selector);
        Object.assign(this, { element, state: find(".state"), door: find(".door"), messages: find(".messages"),
            waiting: find(".waiting"), refusal: find(".refusal"), input: find("input"), form: find("form") });
        element.id = user;
        find("h2").textContent = user;
        find("h2").id = `${user}-name`;
        element.setAttribute("aria-labelledby", `${user}-name`);
        this.messages.setAttribute("aria-label", `Messages for ${user}`);
        this.input.id = `${user}-text`;
        find("label").htmlFor = this.input.id;
        find("label").textContent = `To ${other}`;
        this.door.addEventListener("click", () => this.close ? this.goAway() : this.comeBack());
        this.form.addEventListener("submit", event => {
            event.preventDefault();
            this.send();
        });
        this.comeBack();
    }

    comeBack() {
        this.close = openInbox({
            user: this.user,
            fetchToken: user => this.fetchToken(user),
            onMessage: message => this.show(message),
            onState: state => this.showState(state),
        });
        this.element.classList.remove("away");
        this.name("Close");
        this.waiting.textContent = "";
        this.sentMeanwhile = 0;
    }

    name(act) {
        this.door.textContent = act;
        this.door.setAttribute("aria-label", `${act}: ${this.user}’s page`);
    }

    async goAway() {
        const close = this.close;
        this.close = undefined;
        this.element.classList.add("away");
        this.name("Open again");
        await close();
        this.showState("away");
    }

    showState(state, failed = false) {
        if (!this.close && state !== "away") {
            return;
        }
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
                this.showState(error.message, true);
                await pause(2000);
            }
            if (!this.close) {
                return {};
            }
        }
    }

    show(message) {
        const sent = Number(message.headers.timestamp);
        const waited = this.onlineSince - sent;
        const from = message.headers.from ?? "Gatepost";
        this.add(message.body, `${from}${waited > 0 ? `, waited ${age(waited)}` : ""}`);
    }

    add(text, note, own = false) {
        const item = document.createElement("div");
        item.className = own ? "message own" : "message";
        const bubble = document.createElement("span");
        bubble.className = "text";
        bubble.textContent = text;
        const line = document.createElement("span");
        line.className = "note";
        line.textContent = note;
        item.append(bubble, line);
        this.messages.append(item);
        this.messages.scrollTop = this.messages.scrollHeight;
    }

    async send() {
        const text = this.input.value;
        const button = this.form.querySelector("button");
        button.disabled = true;
        try {
            await ask("POST", "/try/message", { from: this.user, to: this.other, text });
            this.input.value = "";
            this.refusal.textContent = "";
            this.add(text, `to ${this.other}`, true);
            panes.get(this.other).missed();
        } catch (error) {
            this.refusal.textContent = error.message;
        } finally {
            button.disabled = false;
        }
    }

    /** Something was sent to this user. */
    missed() {
        if (!this.close) {
            this.sentMeanwhile++;
            const many = this.sentMeanwhile === 1 ? "A message waits" : `${this.sentMeanwhile} messages wait`;
            this.waiting.textContent = `${many} in /queue/user.${this.user}`;
        }
    }
}

for (const [index, user] of USERS.entries()) {
    const pane = new Pane(user, USERS[1 - index]);
    panes.set(user, pane);
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
