// Elements are made by hand: the pages' security policy lets no text become HTML.

/**
 * Makes an element.
 *
 * @param attributes such as `{ class: "quiet", id: "x", hidden: true, onclick: event => … }`: what begins with "on" is listened to, true
 *     is an attribute without a value, and false, null and undefined are left out
 * @param content elements and texts; null, undefined and false are passed over
 */
export function element(name, attributes = {}, ...content) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith("on")) {
            made.addEventListener(key.slice(2), value);
        } else if (value !== false && value !== null && value !== undefined) {
            made.setAttribute(key, value === true ? "" : value);
        }
    }
    made.append(...content.flat().filter(part => part !== null && part !== undefined && part !== false));
    return made;
}

/** A field with its label above it: `field("User", { name: "user", required: true })`; "options" makes it a choice, "rows" a text of lines. */
export function field(label, { options, rows, wide, value, ...attributes }) {
    const id = attributes.id ?? `field-${attributes.name}`;
    const common = { autocomplete: "off", autocapitalize: "none", spellcheck: "false", ...attributes, id };
    const input = options
        ? element("select", { ...attributes, id }, options.map(option => element("option", {}, option)))
        : element(rows ? "textarea" : "input", rows ? { ...common, rows } : common);
    if (value !== undefined) {
        input.value = value;
    }
    return element("div", { class: wide ? "wide" : null }, element("label", { for: id }, label), input);
}

/** A card with a heading. */
export function card(id, title, ...content) {
    return element("section", { class: "card", "aria-labelledby": `${id}-heading`, id: `${id}-card` },
        element("h3", { id: `${id}-heading` }, title), content);
}

/** Names and values, side by side: `facts([["Version", "1.0"]])`. */
export const facts = rows => element("dl", { class: "facts" },
    rows.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
