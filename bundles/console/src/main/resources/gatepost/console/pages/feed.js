// Live data, read through Gatepost itself: STOMP over WebSocket, with a token that is asked for at each connection.
import { ask } from "./ask.js";

const RETRY = 2000;

export class Feed {

    /**
     * @param onHistory told of the last five minutes, at each connection
     * @param onSnapshot told each second
     * @param onState told "live", "connecting" or what is wrong
     * @param onSignedOut told when the session is over
     */
    constructor({ onHistory, onSnapshot, onState, onSignedOut }) {
        const client = new StompJs.Client({
            reconnectDelay: RETRY,
            heartbeatIncoming: 10_000,
            heartbeatOutgoing: 10_000,
            beforeConnect: async () => {
                const access = await this.access(onState, onSignedOut);
                if (access) {
                    this.destination = access.destination;
                    client.brokerURL = access.url;
                    client.connectHeaders = { login: access.user, passcode: access.token };
                    onHistory(access.history);
                }
            },
            onConnect: () => {
                client.subscribe(this.destination, message => {
                    this.refusal = undefined;
                    onState("live");
                    onSnapshot(JSON.parse(message.body));
                });
            },
            onStompError: frame => {
                // a token that has ended is no fault: there is a new one for the next connection
                this.refusal = /expired/.test(frame.headers.message) ? undefined : frame.headers.message;
            },
            onWebSocketClose: () => onState(this.refusal ? `Gatepost refused the console: ${this.refusal}` : "connecting"),
        });
        this.client = client;
        onState("connecting");
        client.activate();
    }

    /** Again and again, until there is something to connect to. */
    async access(onState, onSignedOut) {
        while (this.client.active) {
            try {
                return await ask("POST", "api/live", {});
            } catch (error) {
                if (error.status === 401) {
                    this.stop();
                    onSignedOut();
                    return undefined;
                }
                onState(error.message);
                await new Promise(over => setTimeout(over, RETRY));
            }
        }
        return undefined;
    }

    stop() {
        return this.client.deactivate();
    }
}
