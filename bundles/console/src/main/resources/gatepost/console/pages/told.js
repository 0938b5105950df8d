import { element } from "./element.js";

/** A line on a page that says what came of what somebody did there. Whoever does not see it hears it. */
export class Told {

    element = element("p", { class: "told", role: "status", hidden: true });

    say(text) {
        this.element.hidden = false;
        this.element.className = "told";
        this.element.textContent = text;
    }

    fail(error) {
        this.say(error.message);
        this.element.className = "told refusal";
    }
}
