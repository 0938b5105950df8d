/**
 * What the page shows of an inbox: its messages, of which one that is unread is a button that says it was read, and how many those are.
 *
 * @param inbox gives the inbox, once there is one
 * @return what openInbox and shareInbox tell it
 */
export function messageList(inbox) {
    const title = document.title;
    const badge = document.getElementById('unread');
    const list = document.getElementById('messages');
    const unread = new Map();

    document.getElementById('read-all').onclick = () => inbox().readAll();

    function add(content) {
        const item = document.createElement('li');
        item.append(content);
        list.append(item);
        return item;
    }

    return {
        show(message) {
            const item = add(message.body);
            if (message.unread) {
                const button = document.createElement('button');
                button.textContent = message.body;
                button.onclick = () => inbox().read(message);
                item.replaceChildren(button);
                unread.set(message.offset, button);
            }
        },
        counts(counts) {
            badge.textContent = counts.unread > 0 ? `${counts.unread} unread` : '';
            document.title = counts.unread > 0 ? `(${counts.unread}) ${title}` : title;
            for (const offset of counts.unread > 0 ? counts.changed?.read ?? [] : unread.keys()) {
                const button = unread.get(offset);
                button?.replaceWith(button.textContent);
                unread.delete(offset);
            }
        },
        gap: () => add('Messages are missing here.'),
    };
}
