// What a page of the tests does: everything that comes stands in `got`, everything else that happens in `happened`.
import { connect } from '/src/index.js';

window.got = [];
window.happened = [];
window.inbox = connect({ session: `/notifications/session${location.search}` });
inbox.on('message', message => {
    got.push(message.body);
});
for (const event of ['connected', 'disconnected', 'gap', 'error', 'done']) {
    inbox.on(event, about => {
        happened.push(`${event} ${about.message ?? about.reason ?? about.transport ?? about.offsets ?? about.epoch}`);
    });
}
