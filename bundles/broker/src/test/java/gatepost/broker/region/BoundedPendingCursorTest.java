package gatepost.broker.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.SignedIn;
import gatepost.broker.quota.KeepingLimits;
import gatepost.broker.quota.Ledger;
import gatepost.store.quota.Quotas;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;

class BoundedPendingCursorTest {

    private final Ledger ledger = new Ledger();
    private long last;

    @Test
    void theOldestGoWhenThereAreTooManyMessages() throws Exception {
        limit(0, 3, 0);
        BoundedPendingCursor cursor = cursor("alice", false);
        for (int i = 0; i < 5; i++) {
            cursor.tryAddMessageLast(message(10), 0);
        }

        assertEquals(List.of(3L, 4L, 5L), take(cursor));
        assertEquals(2, ledger.pending().dropped());
        assertFalse(cursor.isFull());
    }

    @Test
    void theOldestGoWhenThereAreTooManyBytes() throws Exception {
        limit(0, 1000, 10_000);
        BoundedPendingCursor cursor = cursor("alice", false);
        for (int i = 0; i < 9; i++) {
            cursor.tryAddMessageLast(message(2_000), 0);
        }
        assertEquals(3, cursor.size());

        cursor.tryAddMessageLast(message(20_000), 0);
        assertEquals(0, cursor.size());
    }

    @Test
    void whatWaitsForAllSubscriptionsOfAUserIsBoundedAndChargedToThem() throws Exception {
        limit(10_000, 1000, 0);
        List<BoundedPendingCursor> cursors = List.of(cursor("alice", false), cursor("alice", false));
        BoundedPendingCursor trusted = cursor("application", true);
        for (int i = 0; i < 20; i++) {
            for (BoundedPendingCursor cursor : cursors) {
                cursor.tryAddMessageLast(message(1_000), 0);
                assertTrue(ledger.held().users().of("alice").bytes() <= 10_000);
            }
            trusted.tryAddMessageLast(message(1_000), 0);
        }
        assertEquals(20, trusted.size());
        assertTrue(cursors.get(0).size() + cursors.get(1).size() >= 3);

        cursors.get(0).clear();
        take(cursors.get(1));
        assertEquals(0, ledger.held().users().of("alice").bytes());
        assertEquals(0, ledger.held().users().of("alice").messages());
    }

    private void limit(long userMemory, int pending, long pendingBytes) {
        ledger.limit(new KeepingLimits(userMemory, Quotas.NONE, pending, pendingBytes, 0, 10, 0));
    }

    private BoundedPendingCursor cursor(String user, boolean trusted) {
        ConnectionContext context = new ConnectionContext();
        context.setSecurityContext(new SignedIn(user, trusted));
        return new BoundedPendingCursor(ledger.pending(), context);
    }

    private ActiveMQBytesMessage message(int size) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setMessageId(new MessageId("producer:1:1:1", ++last));
        message.setContent(new ByteSequence(new byte[size]));
        return message;
    }

    /** As a subscription does that has room again. */
    private static List<Long> take(BoundedPendingCursor cursor) {
        List<Long> taken = new ArrayList<>();
        for (cursor.reset(); cursor.hasNext(); ) {
            MessageReference next = cursor.next();
            next.decrementReferenceCount();
            cursor.remove();
            taken.add(next.getMessageId().getProducerSequenceId());
        }
        return taken;
    }
}
