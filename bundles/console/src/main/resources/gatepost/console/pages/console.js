// Who is signed in, and what stands around every page.
import { ask } from "./ask.js";
import { confirm } from "./dialog.js";
import { Interface } from "./interface.js";
import { Live } from "./live.js";
import { Router } from "./router.js";
import { showStrip } from "./strip.js";

const get = id => document.getElementById(id);
const AROUND = ["view", "pages", "live", "who", "sign-out"];

let live;
let router;

/**
 * What each page is given:
 *
 *     user, mayChange: who is signed in, and whether they are an administrator. A viewer is shown no buttons that change something; the
 *         server refuses them as well
 *     ask(method, path, body): the console's own server, as ask("GET", "api/user?name=alice"). Paths are relative, as a proxy may have put all
 *         of it beneath a prefix. Throws an error with a message for people
 *     gatepost: Gatepost's HTTP interface, as gatepost.call("GET", "online"): see interface.js
 *     live: see live.js
 *     confirm: see dialog.js
 *     query: what stands behind the ? of the page's address
 */
function signedIn({ user, role }) {
    get("sign-in").hidden = true;
    AROUND.forEach(id => {
        get(id).hidden = false;
    });
    get("who").textContent = role === "admin" ? user : `${user} (${role})`;
    get("sign-in-why").textContent = "";
    live = new Live(askSignedIn, sessionOver);
    live.watch(showStrip);
    router = new Router(get("pages").firstElementChild, get("view"), {
        user, mayChange: role === "admin", live, confirm, ask: askSignedIn, gatepost: new Interface(askSignedIn),
    });
    return router.show(false);
}

async function askSignedIn(method, path, body) {
    try {
        return await ask(method, path, body);
    } catch (error) {
        if (error.status === 401) {
            sessionOver();
        }
        throw error;
    }
}

/** The server does not know the session any more, without anybody having signed out here. */
function sessionOver() {
    if (live) {
        get("sign-in-why").textContent = "The session is over: it was idle or old, or Gatepost has restarted.";
        signedOut();
    }
}

function signedOut() {
    live?.close();
    router?.close();
    live = router = undefined;
    [...AROUND, "strip", "stale", "restarted"].forEach(id => {
        get(id).hidden = true;
    });
    document.body.classList.remove("stale");
    document.querySelector("dialog")?.close();
    get("sign-in").hidden = false;
    get("user").focus();
}

get("sign-in").addEventListener("submit", async event => {
    event.preventDefault();
    const button = get("sign-in").querySelector("button");
    button.disabled = true;
    try {
        const session = await ask("POST", "session", { user: get("user").value, password: get("password").value });
        get("sign-in-refusal").textContent = "";
        signedIn(session);
        // what had the focus is gone
        get("main").focus();
    } catch (error) {
        get("sign-in-refusal").textContent = error.message;
    } finally {
        get("password").value = "";
        button.disabled = false;
    }
});

get("sign-out").addEventListener("click", async () => {
    await ask("DELETE", "session").catch(() => undefined);
    signedOut();
});

get("restart-seen").addEventListener("click", () => {
    live.restartSeen();
    get("main").focus();
});

// the address stays that of the page
get("skip").addEventListener("click", event => {
    event.preventDefault();
    get("main").focus();
});

const session = await ask("GET", "session");
if (session.user) {
    signedIn(session);
} else {
    signedOut();
}
