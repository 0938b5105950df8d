// One user's inbox, over STOMP on a WebSocket; every tab opens one
// and gets everything. Your application makes the token, for the
// user who is signed in there; a new one for each connection.
export function openInbox(
    { user, fetchToken, onMessage, onCounts, onState }) {
    // first all that is there, after an interruption what is new
    let place = { "gatepost-start": "oldest" };
    const client = new StompJs.Client({
        reconnectDelay: 1000,
        async beforeConnect() {
            onState("connecting");
            const { url, token } = await fetchToken(user);
            client.brokerURL = url;
            client.connectHeaders = { login: user, passcode: token };
        },
        onConnect() {
            onState("on line");
            client.subscribe(`/queue/user.${user}`, message => {
                onMessage(message);
                if (message.headers["gatepost-offset"]) {
                    place = placeOf(message, "gatepost-offset");
                }
                // it has been shown, so it waits no more
                message.ack();
            }, { ...place, ack: "client-individual" });
            client.subscribe("/gatepost/inbox/state",
                state => onCounts(JSON.parse(state.body)));
        },
    });
    client.activate();

    function placeOf({ headers }, name) {
        return { [name]: headers["gatepost-offset"],
                 "gatepost-epoch": headers["gatepost-epoch"] };
    }
    function read(headers) {
        const destination = "/gatepost/inbox/read";
        client.publish({ destination, headers });
    }
    return {
        read: message => read(placeOf(message, "gatepost-offset")),
        readUpTo: message => read(placeOf(message, "gatepost-upto")),
        close: () => client.deactivate(),
    };
}
