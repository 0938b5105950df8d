const { connect } = await import(new URLSearchParams(location.search).get('client'));

window.got = [];
window.inbox = connect({ session: `/notifications/session${location.search}` });
inbox.on('message', ({ body }) => {
    got.push(body);
});
