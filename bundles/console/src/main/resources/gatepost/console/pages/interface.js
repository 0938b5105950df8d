// Gatepost's HTTP interface, called as any client calls it: with a token of some minutes, which the console gives out for whoever is signed in.

/** A little before it ends there is another one. Milliseconds. */
const MARGIN = 20_000;

/** What stands in a query: `query({ user: "a/b" })` is "user=a%2Fb"; what is undefined is left out. */
export const query = parameters =>
    new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined)).toString();

export class Interface {

    /** @param ask the console */
    constructor(ask) {
        this.ask = ask;
    }

    /**
     * Makes a call.
     *
     * @param path below /gatepost/api/v1, such as "users/sessions?user=alice"; names stand in the query, where no proxy changes them
     * @param body sent as JSON
     * @return what the answer says; undefined for one that says nothing
     */
    async call(method, path, body) {
        const answer = await this.#fetch(method, path, body, await this.#access(false));
        // the key of the tokens is another one after a restart
        const last = answer.status === 401 ? await this.#fetch(method, path, body, await this.#access(true)) : answer;
        const value = await last.json().catch(() => undefined);
        if (!last.ok) {
            throw Object.assign(new Error(sentence(value?.detail ?? value?.title, last.status)), { status: last.status === 401 ? 403 : last.status });
        }
        return value;
    }

    async #access(anew) {
        if (anew || !this.access || Date.now() > this.until) {
            this.access = await this.ask("POST", "api/access", {});
            this.until = Date.now() + this.access.expiresIn * 1000 - MARGIN;
        }
        return this.access;
    }

    async #fetch(method, path, body, { url, token }) {
        const headers = { Authorization: `Bearer ${token}` };
        if (body !== undefined) {
            headers["Content-Type"] = "application/json";
        }
        try {
            return await fetch(`${url}/api/v1/${path}`, {
                method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "omit",
            });
        } catch {
            throw Object.assign(new Error(`Gatepost's HTTP interface does not answer at ${url}.`), { status: 0 });
        }
    }
}

function sentence(text, status) {
    if (!text) {
        return `Gatepost answers with ${status}.`;
    }
    return `${text[0].toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
