const STEPS = [
    ["write", "Write to somebody: each tab of theirs gets it."],
    ["read", "Click a message that alice got: it is read in both of her tabs."],
    ["wait", "Close bob’s tab, write to him, and open it again: the message has waited."],
    ["publish", "Run the Ruby or the call of curl below: your own code has written to alice."],
];
const KEY = "gatepost-try";

/** What there is to try, what of it was done, in this visit or an earlier one, and what comes next. */
export class Steps {

    constructor(list, status, again) {
        this.status = status;
        this.again = again;
        this.done = new Set(kept());
        this.items = STEPS.map(([id, text]) => {
            const item = document.createElement("li");
            item.dataset.step = id;
            item.textContent = text;
            list.append(item);
            return item;
        });
        again.addEventListener("click", () => {
            this.done.clear();
            this.keep();
        });
        this.returned = this.done.size > 0;
        this.show();
    }

    did(step) {
        if (!this.done.has(step)) {
            this.done.add(step);
            this.keep();
        }
    }

    keep() {
        this.returned = false;
        try {
            localStorage.setItem(KEY, JSON.stringify([...this.done]));
        } catch {
            // a browser that keeps nothing: the next visit is a first one again
        }
        this.show();
    }

    show() {
        const next = this.items.find(item => !this.done.has(item.dataset.step));
        for (const item of this.items) {
            item.classList.toggle("done", this.done.has(item.dataset.step));
            item.toggleAttribute("aria-current", item === next);
            if (item === next) {
                item.setAttribute("aria-current", "step");
            }
        }
        this.again.hidden = this.done.size === 0;
        this.status.textContent = next === undefined
            ? "That was all of it. docs/developers.md puts it into your own application, in five minutes."
            : this.returned ? "Welcome back. The inboxes have kept their messages; go on with what is not ticked." : "";
    }
}

function kept() {
    try {
        const steps = JSON.parse(localStorage.getItem(KEY) ?? "[]");
        return STEPS.map(([id]) => id).filter(id => steps.includes(id));
    } catch {
        return [];
    }
}
