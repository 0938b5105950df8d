import { element } from "./element.js";

/** Asks the gate what a form asks, and shows its answer. */
export async function answerGate(question, place, ask) {
    try {
        const answer = await ask("GET", `api/check?${new URLSearchParams(question)}`);
        place.className = answer.allowed ? "allowed" : "denied";
        place.replaceChildren(
            element("p", {}, element("strong", {}, answer.allowed ? "Allowed" : "Denied"),
                answer.allowed ? ` by ${answer.entry}: ` : `, ${answer.reason}: `,
                `${question.get("user")} in [${answer.groups.join(", ")}] may ${answer.allowed ? "" : "not "}`,
                `${question.get("operation")} ${answer.destination}.`),
            element("ul", { class: "code" }, answer.speaking.map(entry =>
                element("li", { class: answer.allowed && entry.startsWith(`${answer.entry} = `) ? "deciding" : null }, entry))));
        if (answer.closed) {
            place.append(element("p", {}, "There is no entry map: everything is denied."));
        }
    } catch (error) {
        place.className = "";
        place.replaceChildren(element("p", { class: "refusal" }, error.message));
    }
}
