// Where Gatepost is and who has signed in, from whoever signs the tokens: #url=wss://gatepost.example.com/stomp&user=42&token=eyJ...
const session = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const http = session.url.replace(/^ws/, 'http').replace('/stomp', '/gatepost');
const { connect } = await import(`${http}/client.js`);

const inbox = connect(session);
document.querySelector('gatepost-inbox').inbox = inbox;

const acts = {
    create: ({ to, text }) => inbox.send(`/queue/user.${to}`, text),
    comment: ({ text }) => inbox.send('/queue/audience.project-7', text),
    announce: ({ text }) => inbox.send('/queue/everyone', text),
    join: () => call('PUT', `audiences/project-7/members/${session.user}`),
    signOut: () => call('POST', 'revocations', { user: session.user, issuedBefore: Date.now() }),
};

document.querySelector('form').addEventListener('submit', async event => {
    event.preventDefault();
    const { failure, text } = event.target.elements;
    failure.value = '';
    try {
        await acts[event.submitter.value](Object.fromEntries(new FormData(event.target)));
        text.value = '';
    } catch ({ message }) {
        failure.value = message;
    }
});

const online = new Set();
const { members } = await call('GET', 'audiences/project-7/members');
inbox.presence(members, ({ user, online: isOnline }) => {
    online[isOnline ? 'add' : 'delete'](user);
    document.getElementById('online').textContent = [...online].join(', ');
});

async function call(method, path, body) {
    const answer = await fetch(`${http}/api/v1/${path}`, {
        method,
        headers: { 'authorization': `Bearer ${session.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => undefined);
    if (!answer.ok) {
        throw new Error(said?.detail ?? `Gatepost answered ${answer.status}`);
    }
    return said;
}
