import { ask } from "/ask.js";

function element(name, text, className = "") {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
}

/** Asks what happened to the last messages of the user that a form names, and shows it, the last one first. */
export async function tellTrace(question, place, onSignedOut) {
    const user = question.get("user");
    try {
        const answer = await ask("POST", "/api/trace", { user });
        if (answer.sentences.length === 0) {
            place.replaceChildren(element("p", `Nothing is known of messages for ${user}.`, "quiet"));
            return;
        }
        const list = element("ol", "");
        list.append(...answer.sentences.reverse().map(sentence => element("li", sentence)));
        place.replaceChildren(list);
        if (answer.more > 0) {
            place.append(element("p", `${answer.more} more messages wait, and were not looked at.`, "quiet"));
        }
    } catch (error) {
        if (error.status === 401) {
            onSignedOut();
            return;
        }
        place.replaceChildren(element("p", error.message, "refusal"));
    }
}
