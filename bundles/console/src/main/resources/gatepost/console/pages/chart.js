// A line chart of the last minutes.
import { age, moment } from "./format.js";

const SVG = "http://www.w3.org/2000/svg";
/** Where there is no sample for so long, the line is broken. Milliseconds; there is one every minute, and mostly more often. */
const GAP = 75_000;
const LEFT = 44;
const TOP = 6;
const BOTTOM = 18;

function svg(name, attributes = {}, text = "") {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, value);
    }
    element.textContent = text;
    return element;
}

/** The next of 2, 4, 6, 8, 10, 20, 40, …: what an axis may end at, and its half. */
function ceiling(value, least) {
    const wanted = Math.max(value, least);
    const power = 10 ** Math.floor(Math.log10(wanted));
    return [1, 2, 4, 6, 8, 10].find(step => step * power >= wanted * 0.9999) * power;
}

export class Chart {

    /**
     * @param series of each line: a name, and its value in a sample, null where there is none
     * @param format of a value
     * @param least what the axis reaches in any case
     * @param span of time that it shows, milliseconds
     */
    constructor(figure, title, series, format, least, span) {
        Object.assign(this, { title, series, format, least, span, samples: [] });
        const caption = document.createElement("figcaption");
        const heading = document.createElement("h3");
        heading.textContent = title;
        caption.append(heading);
        this.values = series.map(({ name }, index) => {
            const value = document.createElement("span");
            value.className = index === 0 ? "value" : "value second";
            const number = document.createElement("b");
            value.append(number, ` ${name}`);
            caption.append(value);
            return number;
        });
        this.drawing = svg("svg", { role: "img" });
        figure.append(caption, this.drawing);
        new ResizeObserver(() => this.draw()).observe(this.drawing);
    }

    /** @param isOld whether the last sample is not of now */
    show(samples, isOld = false) {
        this.samples = samples;
        this.isOld = isOld;
        const latest = samples.at(-1);
        const words = this.series.map(({ name, of }, index) => {
            const text = latest ? this.format(of(latest)) : "–";
            this.values[index].textContent = text;
            return `${name} ${text}`;
        });
        this.drawing.setAttribute("aria-label", `${this.title}: ${words.join(", ")} now; the last ${this.words}`);
        this.draw();
    }

    get words() {
        return age(this.span).replace(/ 0 min$/, "");
    }

    draw() {
        const { width, height } = this.drawing.getBoundingClientRect();
        if (width === 0) {
            return;
        }
        const end = this.samples.at(-1)?.at ?? Date.now();
        const values = this.samples.flatMap(sample => this.series.map(({ of }) => of(sample) ?? 0));
        const most = ceiling(Math.max(0, ...values), this.least);
        const x = at => LEFT + (width - LEFT) * (1 - (end - at) / this.span);
        const y = value => TOP + (height - TOP - BOTTOM) * (1 - value / most);
        this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
        const parts = [];
        for (const share of [0, 0.5, 1]) {
            const line = Math.round(y(most * share)) + 0.5;
            parts.push(svg("line", { class: "grid", x1: LEFT, x2: width, y1: line, y2: line }),
                svg("text", { x: LEFT - 8, y: line + 4, "text-anchor": "end" }, this.format(most * share)));
        }
        for (const [share, label, anchor] of [[0, `${this.words} ago`, "start"], [1, this.isOld ? moment(end, Date.now()) : "now", "end"]]) {
            parts.push(svg("text", { x: LEFT + (width - LEFT) * share, y: height - 2, "text-anchor": anchor }, label));
        }
        this.series.forEach(({ of }, index) => {
            parts.push(svg("path", { class: index === 0 ? "line" : "line second", d: this.path(of, x, y) }));
        });
        this.drawing.replaceChildren(...parts);
    }

    /** Broken where nothing is known. */
    path(of, x, y) {
        let path = "";
        let last = -Infinity;
        for (const sample of this.samples) {
            const value = of(sample);
            if (value !== null) {
                path += `${sample.at - last > GAP ? "M" : "L"}${x(sample.at).toFixed(1)} ${y(value).toFixed(1)}`;
                last = sample.at;
            }
        }
        return path;
    }
}
