package gatepost.broker.region;

import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
import org.apache.activemq.command.ActiveMQDestination;

/** For a broker to which nobody has said which queues are inboxes: none is. */
final class NoInboxes implements Inboxes {

    @Override
    public boolean isInbox(ActiveMQDestination queue) {
        return false;
    }

    @Override
    public LoadedInbox open(Room room) {
        throw new IllegalStateException(room.name() + " is no inbox");
    }

    @Override
    public void whenChanged(Runnable listener) {
        // it never does
    }
}
