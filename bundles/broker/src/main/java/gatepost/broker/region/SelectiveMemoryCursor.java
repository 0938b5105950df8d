package gatepost.broker.region;

import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.cursors.VMPendingMessageCursor;

/** ActiveMQ's cursor of a queue that is in memory only, except that it passes over messages that no reader wants ({@link SelectiveLook}). */
final class SelectiveMemoryCursor extends VMPendingMessageCursor {

    private final SelectiveLook look;

    SelectiveMemoryCursor(Selection selection) {
        super(false);
        look = new SelectiveLook(selection, new Own(), new PassedOverUnstored(() -> new VMPendingMessageCursor(false)));
    }

    /**
     * @param waiting messages that wait for a reader
     * @return whether there is more for somebody now; says so once
     */
    synchronized boolean goesOn(int waiting) {
        return look.goesOn(super.size(), waiting);
    }

    synchronized boolean hasPassedOver() {
        return look.size() > 0;
    }

    synchronized void lookAgain() {
        look.lookAgain();
    }

    @Override
    public synchronized void reset() {
        super.reset();
        look.begin();
    }

    @Override
    public synchronized boolean hasNext() {
        return look.hasNext();
    }

    @Override
    public synchronized MessageReference next() {
        return look.next();
    }

    @Override
    public synchronized void remove() {
        look.remove();
    }

    @Override
    public synchronized int size() {
        return super.size() + look.size();
    }

    @Override
    public synchronized boolean isEmpty() {
        return super.isEmpty() && look.size() == 0;
    }

    @Override
    public synchronized void release() {
        look.end();
        super.release();
    }

    @Override
    public synchronized void destroy() throws Exception {
        look.close();
        super.destroy();
    }

    private final class Own implements SelectiveLook.Fresh {

        @Override
        public boolean hasNext() {
            return SelectiveMemoryCursor.super.hasNext();
        }

        @Override
        public MessageReference next() {
            return SelectiveMemoryCursor.super.next();
        }

        @Override
        public void remove() {
            SelectiveMemoryCursor.super.remove();
        }
    }
}
