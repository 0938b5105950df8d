package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.Members;
import gatepost.store.journal.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;

/**
 * A message of several queues on its way to the disk, one record for all of them: one body, and who has it. Safe when it is there. A queue
 * in which it was done, or that was emptied, before it is written is told of that after it.
 */
final class SharedAdd extends Operation {

    private static final int STORED_BEFORE = -1;
    private static final int NO_MEMBER = -2;

    private final QueueStores stores;
    private final Message message;
    private final long base;
    private final List<Add> adds;
    /** Where each queue is defined in the batch, or one of the constants above. */
    private final int[] definitions;

    private final StoredMessages sender;
    private final long senderQueue;
    /** What is written with it, {@code null} for nothing. */
    private final Alongside along;

    private int senderDefinition = STORED_BEFORE;
    private int offset;
    private int members;

    /**
     * @param base the number that most of them have
     * @param adds as {@link StoredMessages#beginShared} made them, one for each queue
     * @param sender of what is remembered {@code along}
     * @param along what is written with it, {@code null} for nothing
     */
    SharedAdd(Message message, long base, List<Add> adds, StoredMessages sender, Alongside along) {
        this.stores = sender.stores();
        this.message = message;
        this.base = base;
        this.adds = adds;
        this.definitions = new int[adds.size()];
        Arrays.fill(definitions, STORED_BEFORE);
        this.sender = sender;
        this.senderQueue = sender.definition().number();
        this.along = along;
        message.incrementReferenceCount();
    }

    @Override
    public boolean encode(Batch batch) {
        ByteSequence packet;
        try {
            packet = stores.marshal(message);
        } catch (IOException e) {
            lost(e);
            return false;
        }
        batch.beginGroup();
        Members all = new Members(base);
        for (int member = 0; member < definitions.length; member++) {
            definitions[member] = encode(batch, all, adds.get(member));
        }
        members = all.size();
        offset = batch.shared(
                message.getExpiration(),
                ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength()),
                all);
        if (along != null) {
            synchronized (sender) {
                senderDefinition = sender.definition().write(batch, senderQueue);
            }
            along.members(batch);
        }
        batch.endGroup();
        return true;
    }

    private static int encode(Batch batch, Members all, Add add) {
        StoredMessages store = add.store();
        synchronized (store) {
            if (!store.definition().isOf(add.queue())) {
                return NO_MEMBER;
            }
            // what its owner says of it later is written after it
            all.add(add.queue(), add.sequence(), store.marks(add.queue(), add.sequence()));
            return store.definition().write(batch, add.queue());
        }
    }

    @Override
    public void written(Written where) {
        long location = where.location(offset);
        stores.bodies().hold(location, members);
        for (int member = 0; member < definitions.length; member++) {
            Add add = adds.get(member);
            if (definitions[member] == NO_MEMBER) {
                Arrival.lost(add.store(), add);
                continue;
            }
            if (definitions[member] >= 0) {
                add.store().definition().written(add.queue(), where.location(definitions[member]));
            }
            Arrival.written(add.store(), add, location);
        }
        if (senderDefinition >= 0) {
            sender.definition().written(senderQueue, where.location(senderDefinition));
        }
        if (along != null) {
            along.written(where, this);
        }
        stores.bodies().release(location);
        message.decrementReferenceCount();
    }

    @Override
    public void lost(IOException reason) {
        for (int member = 0; member < definitions.length; member++) {
            Add add = adds.get(member);
            if (definitions[member] >= 0) {
                add.store().definition().lost(add.queue());
            }
            Arrival.lost(add.store(), add);
        }
        if (senderDefinition >= 0) {
            sender.definition().lost(senderQueue);
        }
        if (along != null) {
            synchronized (sender) {
                along.undo();
            }
        }
        message.decrementReferenceCount();
        failed(reason);
    }
}
