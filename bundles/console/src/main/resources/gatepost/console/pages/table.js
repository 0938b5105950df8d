import { element } from "./element.js";

/** A table that on a narrow window stands as a list, each value with the name of its column. */
export class Table {

    /**
     * @param id of the table
     * @param columns of each its title, or title and class, such as `["User", ["Waiting", "number"], ["Why", "spare"]]`: "number" stands to the
     *     right, "time" does not break, "file" may break behind a dot
     * @param none what is said when there are no rows
     */
    constructor(id, columns, none) {
        this.columns = columns.map(column => [column].flat());
        this.none = none;
        this.body = element("tbody", { role: "rowgroup" });
        this.element = element("table", { id, role: "table" },
            element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, this.columns.map(([title, kind]) =>
                element("th", { class: kind, role: "columnheader", scope: "col" }, title)))),
            this.body);
    }

    /**
     * Shows these. Rows that stay as they are are left alone, so that a text in them can be marked and a button keeps the focus.
     *
     * @param rows of each its cells: a text, an element, or `[text or element, class]`, such as "refused"
     * @param key what tells whether anything has changed, where cells are elements
     */
    show(rows, key = JSON.stringify(rows)) {
        if (this.shown === key) {
            return;
        }
        this.shown = key;
        this.body.replaceChildren(...rows.length === 0
            ? [element("tr", { role: "row" }, element("td", { class: "none", colspan: this.columns.length, role: "cell" }, this.none))]
            : rows.map(row => element("tr", { role: "row" }, row.map((cell, index) => this.cell(cell, index)))));
    }

    cell(cell, index) {
        const [content, own] = [cell].flat();
        const [title, kind] = this.columns[index];
        const made = element("td", { class: [kind, own].filter(Boolean).join(" ") || null, "data-title": title, role: "cell" });
        // where a name may go on in the next line
        for (const part of kind === "file" ? content.split(/(?<=[.-])(?!cfg$)/) : [content ?? ""]) {
            made.append(part, ...kind === "file" ? [element("wbr")] : []);
        }
        return made;
    }
}
