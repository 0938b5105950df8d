// What an administrator does with a queue; the console's server does it.
import { field } from "../element.js";
import { query } from "../interface.js";

/** Text with a header on each line, as "priority: 4". */
function headers(text) {
    const all = {};
    for (const line of text.split("\n").filter(each => each.trim() !== "")) {
        const colon = line.indexOf(":");
        if (colon < 1) {
            throw new Error(`The header ${line}: expected NAME: VALUE.`);
        }
        all[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
    }
    return all;
}

/** @param queue where it goes; asked for where there is none */
export async function send({ ask, confirm, told, done }, queue) {
    const result = await confirm({
        title: queue === undefined ? "Send a message" : `Send a message to ${queue}`,
        text: "It is kept on the disk until somebody has read it. The entry map is not asked: that is for users.",
        action: "Send",
        fields: [...queue === undefined ? [field("Queue", { name: "to", required: true, placeholder: "app.inbox" })] : [],
            field("Text", { name: "body", rows: 4 }),
            field("Headers, one on each line", { name: "headers", rows: 2, value: "content-type: text/plain" })],
        run: async form => {
            const to = queue ?? form.to;
            await ask("POST", "api/queues/messages", { queue: to, body: form.body, headers: headers(form.headers) });
            return `The message is in ${to}.`;
        },
    });
    if (result !== undefined) {
        told.say(result);
        await done();
    }
}

export async function purge({ ask, confirm, told, done }, queue) {
    const result = await confirm({
        title: `Purge ${queue}?`,
        text: "All of its messages are dropped for good, those included that a reader has got and not acknowledged; of an inbox its history as well.",
        action: "Purge",
        danger: true,
        expect: queue,
        run: async () => {
            const { purged } = await ask("DELETE", `api/queues/messages?${query({ queue })}`);
            return purged === 1 ? "1 message was dropped." : `${purged} messages were dropped.`;
        },
    });
    if (result !== undefined) {
        told.say(result);
        await done();
    }
}
