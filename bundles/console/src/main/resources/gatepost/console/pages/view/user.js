// One user: #/users/alice.
import { card, element, facts } from "../element.js";
import { bytes, count, moment } from "../format.js";
import { query } from "../interface.js";
import { repeat } from "../repeat.js";
import { Table } from "../table.js";
import { Told } from "../told.js";
import { UserDeeds } from "./user-deeds.js";
import { Messages } from "./user-messages.js";

const PAUSE = 3000;

const address = uri => uri.replace(/^[a-z+]+:\/\//, "").replace(/\?.*$/, " (proxied)");
const at = time => time === null || time === undefined ? "–" : moment(time, Date.now());

function inbox({ kind, waiting, history, historyBytes, head, seen, unseen, unread, devices }, several) {
    const table = new Table(`devices-${kind}`, ["Device", "Account", ["Up to", "number"], ["Above", "number"], "Last there"],
        "No device is remembered");
    table.show(devices.map(device => [device.name, device.account, count(device.upTo), count(device.above),
        device.connected ? "connected" : at(device.used)]));
    return card(`inbox-${kind}`, several ? `Inbox ${kind}` : "Inbox",
        facts([["Head", count(head)], ["Seen up to", count(seen)], ["Waiting", count(waiting)], ["Unseen", count(unseen)],
            ["Unread", count(unread)], ["History", `${count(history)} (${bytes(historyBytes)})`]]),
        table.element);
}

function trace({ sentences, more }) {
    return sentences.length === 0
        ? [element("p", { class: "quiet" }, "Nothing is known of messages for them.")]
        : [element("ol", { class: "sentences" }, sentences.toReversed().map(sentence => element("li", {}, sentence))),
            more > 0 ? element("p", { class: "quiet" }, `${count(more)} more messages wait, and were not looked at.`) : null];
}

/** Shows a user: whether they are on line, their sessions, inboxes and the trace; an administrator also what ends, sends and revokes. */
export function openUser(main, user, { ask, gatepost, confirm, mayChange }) {
    const told = new Told();
    const head = element("div", {});
    const sessions = new Table("sessions", ["Address", "Through", ["Since", "time"], ["Ends", "time"], "Reads", ["Unwritten", "number"],
        ["Unacknowledged", "number"], ...mayChange ? ["Action"] : []], "They have no session");
    const inboxes = element("div", { class: "stack" });
    const revoked = new Table("revocations", ["What", ["Since", "time"], ["Kept until", "time"], ...mayChange ? ["Action"] : []], "Nothing is revoked");
    const story = element("div", { id: "told" });
    const messages = mayChange ? new Messages(user, gatepost) : undefined;
    const deeds = new UserDeeds(user, { gatepost, confirm, told, done: () => rounds.now() });
    main.append(head, mayChange ? deeds.buttons() : "", told.element,
        card("sessions", "Sessions", sessions.element), inboxes,
        card("trace", "What happened to their messages", story),
        messages?.card ?? "",
        card("revocations", "Revoked", revoked.element));
    let shownInboxes;
    let shownStory;
    const rounds = repeat(async () => {
        const [known, last] = await Promise.all([ask("GET", `api/user?${query({ name: user })}`),
            ask("GET", `api/trace?${query({ user })}`).catch(() => ({ sentences: [], more: 0 }))]);
        const { online, since } = known.person;
        const kinds = known.inboxes.map(({ kind }) => kind);
        messages?.of(kinds);
        deeds.kinds = kinds;
        head.replaceChildren(facts([["State", `${online ? "on line" : "away"}${since ? ` since ${at(since)}` : ""}`],
            ["Groups in the users file", known.groups.join(", ") || "–"]]));
        sessions.show(known.sessions.map(session => [address(session.address), session.connector || "–", at(session.since), at(session.expires),
            session.destinations.join(", ") || "–", session.waitingBytes === 0 ? "–" : bytes(session.waitingBytes),
            session.unacknowledged === 0 ? "–" : count(session.unacknowledged),
            ...mayChange ? [deeds.endButton(session)] : []]), JSON.stringify(known.sessions));
        if (shownInboxes !== JSON.stringify(known.inboxes)) {
            shownInboxes = JSON.stringify(known.inboxes);
            inboxes.replaceChildren(...known.inboxes.length > 0
                ? known.inboxes.map(each => inbox(each, known.inboxes.length > 1))
                : [card("inbox", "Inbox", element("p", { class: "quiet" }, "They have none: nothing has come for them, and they have not asked for it."))]);
        }
        revoked.show(known.revocations.map(one => [
            one.issuedBefore === null ? "the user" : `what was issued before ${at(one.issuedBefore)}`, at(one.since), at(one.until),
            ...mayChange ? [deeds.undoButton(one)] : []]), JSON.stringify(known.revocations));
        if (shownStory !== JSON.stringify(last)) {
            shownStory = JSON.stringify(last);
            story.replaceChildren(...trace(last).filter(Boolean));
        }
    }, PAUSE, error => told.fail(error));
    return rounds;
}
