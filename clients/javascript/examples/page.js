import { connect } from 'gatepost';

const inbox = connect({ session: '/notifications/session' });

inbox.on('message', message => {
    const item = document.createElement('li');
    item.textContent = message.body;
    document.getElementById('messages').append(item);
});
inbox.on('state', ({ unseen }) => {
    document.getElementById('unseen').textContent = unseen ? `${unseen} new` : '';
});
document.getElementById('seen').onclick = () => inbox.seen();
