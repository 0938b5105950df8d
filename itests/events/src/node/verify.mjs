// Reads one call a line, {"secret","id","timestamp","signature","body"}, and checks each signature as a receiver does.
import {createInterface} from "node:readline";
import {Webhook} from "standardwebhooks";

let verified = 0;
for await (const line of createInterface({input: process.stdin})) {
    const call = JSON.parse(line);
    new Webhook(call.secret).verify(call.body, {
        "webhook-id": call.id,
        "webhook-timestamp": call.timestamp,
        "webhook-signature": call.signature,
    });
    verified++;
}
console.log(`verified ${verified}`);
