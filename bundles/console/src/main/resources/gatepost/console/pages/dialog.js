import { element } from "./element.js";

/**
 * Asks before something is done. The dialog keeps the focus within it and gives it back to where it was; Escape is "no".
 *
 * @param title the question, such as "End this session?"
 * @param text what will happen; a text, or elements
 * @param action what the button says that does it, such as "End the session"
 * @param danger whether something goes that does not come back by itself
 * @param expect a name that has to be typed first, for what cannot be undone
 * @param fields elements of `field` to fill in
 * @param run does it, given what is in the fields; what it throws is shown, and the dialog stays open
 * @return what `run` comes to; undefined when it was not done
 */
export function confirm({ title, text, action, danger = false, expect, fields = [], run = () => true }) {
    return new Promise(answer => {
        let result;
        const refusal = element("p", { class: "refusal", role: "alert" });
        const no = element("button", { type: "button", onclick: () => dialog.close() }, "Cancel");
        const yes = element("button", { type: "submit", class: danger ? "danger" : "first", disabled: expect !== undefined }, action);
        const typed = expect !== undefined && element("div", {},
            element("label", { for: "dialog-expected" }, "Type ", element("strong", {}, expect), " to go on"),
            element("input", {
                id: "dialog-expected", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
                oninput: event => {
                    yes.disabled = event.target.value !== expect;
                },
            }));
        const form = element("form", {
            onsubmit: async event => {
                event.preventDefault();
                if (yes.disabled) {
                    return;
                }
                yes.disabled = true;
                refusal.textContent = "";
                try {
                    result = await run(Object.fromEntries(new FormData(form)));
                    dialog.close();
                } catch (error) {
                    refusal.textContent = error.message;
                    yes.disabled = false;
                }
            },
        }, element("h2", { id: "dialog-title" }, title), element("div", { class: "words" }, text), fields, typed, refusal,
        element("div", { class: "buttons" }, no, yes));
        const dialog = element("dialog", { "aria-labelledby": "dialog-title", onclose: () => {
            dialog.remove();
            answer(result);
        } }, form);
        document.body.append(dialog);
        dialog.showModal();
    });
}
