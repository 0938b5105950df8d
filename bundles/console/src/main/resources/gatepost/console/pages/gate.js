import { ask } from "/ask.js";

function element(name, text, className = "") {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
}

/** Asks the gate what a form asks, and shows its answer. */
export async function answerGate(question, place, onSignedOut) {
    try {
        const answer = await ask("POST", "/api/check", Object.fromEntries(question));
        const sentence = element("p", "");
        sentence.append(element("strong", answer.allowed ? "Allowed" : "Denied"),
            answer.allowed ? ` by ${answer.entry}: ` : `, ${answer.reason}: `,
            `${question.get("user")} in [${answer.groups.join(", ")}] may ${answer.allowed ? "" : "not "}`,
            `${question.get("operation")} ${answer.destination}.`);
        const entries = element("ul", "", "code");
        entries.append(...answer.speaking.map(entry =>
            element("li", entry, answer.allowed && entry.startsWith(`${answer.entry} = `) ? "deciding" : "")));
        place.className = answer.allowed ? "allowed" : "denied";
        place.replaceChildren(sentence, entries);
        if (answer.closed) {
            place.append(element("p", "There is no entry map: everything is denied."));
        }
    } catch (error) {
        if (error.status === 401) {
            onSignedOut();
            return;
        }
        place.className = "";
        place.replaceChildren(element("p", error.message, "refusal"));
    }
}
