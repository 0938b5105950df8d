import { element } from "../element.js";

/** To be written. */
export function open(main) {
    main.append(element("p", { class: "quiet" }, "This page is not there yet."));
}
