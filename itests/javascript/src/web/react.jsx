import { createRoot } from 'react-dom/client';
import { useInbox } from '../../../../clients/javascript/examples/use-inbox.js';

const session = `/notifications/session${location.search}`;

function Badge() {
    const { connected, state } = useInbox(session);
    return <p id="badge">{connected ? `${state.unseen} new` : 'away'}</p>;
}

function List() {
    const { inbox, messages } = useInbox(session);
    return <>
        <ul id="list">{messages.map(({ epoch, offset, body }) => <li key={`${epoch}.${offset}`}>{body}</li>)}</ul>
        <button onClick={() => inbox.seen()}>Seen</button>
    </>;
}

createRoot(document.getElementById('root')).render(<><Badge/><List/></>);
