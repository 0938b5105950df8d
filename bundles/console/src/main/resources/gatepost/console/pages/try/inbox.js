// One user's inbox, over STOMP on a WebSocket. Your application
// makes the token, for the user who is signed in there; a new one is
// asked for whenever the page connects.
export function openInbox({ user, fetchToken, onMessage, onState }) {
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
                // it has been shown, so it may leave the queue
                message.ack();
            }, { ack: "client-individual" });
        },
    });
    client.activate();
    return () => client.deactivate();
}
