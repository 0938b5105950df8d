// Compiled and not run: what TypeScript makes of the types.
import { connect, GatepostError, Inbox, type Message, type Presence } from 'gatepost';
import 'gatepost/element';

const inbox: Inbox = connect({ session: '/notifications/session' });
connect({ url: 'wss://gatepost.example.com/stomp', user: '42', token: async () => 'x', ack: 'manual', start: -20, storage: null });
const undo: () => void = inbox.on('message', async (message: Message) => {
    const { title } = message.json<{ title: string }>();
    await fetch(title);
    message.done();
});
undo();
inbox.on('state', ({ unseen, changed }) => unseen + (changed.read?.length ?? 0));
inbox.on('error', failure => failure.code === 'denied');
inbox.on('disconnected', ({ reason }) => reason.trim());
inbox.presence(['43', 44], (presence: Presence) => presence.since ?? 0);
const { messages, next } = await inbox.history({ limit: 20 });
await inbox.history({ before: next });
await inbox.history({ before: messages[0] });
await inbox.read(messages[0]!);
await inbox.read();
await inbox.archive({ upTo: 17 });
await inbox.seen();
const receipt = await inbox.send('/queue/app.inbox', { a: 1 }, { 'gatepost-id': 'x' });
receipt['gatepost-offset']?.length;
const answer: Message = await inbox.ask('/queue/app.inbox', 'how many?', { timeout: 1_000 });
inbox.subscribe(() => inbox.getSnapshot().messages.length);
try {
    answer.json();
} catch (failure) {
    if (failure instanceof GatepostError && failure.code === 'timeout') {
        inbox.close();
    }
}
document.querySelector('gatepost-inbox')!.open = true;
document.addEventListener('gatepost-unseen', () => {});

// @ts-expect-error there is no such event
inbox.on('mesage', () => {});
// @ts-expect-error it is made by connect
new Inbox();
// @ts-expect-error a message does not change
answer.body = '';
