package gatepost.inbox;

import gatepost.contracts.InboxPage;
import gatepost.contracts.InboxPage.Stored;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.inbox.MessageLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator.OfLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.activemq.command.Message;

/** Looks at the log of one inbox, and changes nothing. Any thread; waits for the disk. */
final class Pages {

    /** When the messages of a page have so many bytes it is full, and ends with the one that made it so. */
    private static final int BYTES = 1 << 20;

    private final Parts parts;

    Pages(Parts parts) {
        this.parts = parts;
    }

    InboxPage of(InboxRequest request) throws IOException {
        MessageLog log = parts.content().log();
        List<Stored> messages = new ArrayList<>();
        OfLong offsets = offsets(request).iterator();
        long bytes = 0;
        while (offsets.hasNext() && messages.size() < request.limit() && bytes < BYTES) {
            long offset = offsets.nextLong();
            Message message = parts.content().read(offset);
            // it may have gone since
            if (message != null && !message.isExpired()) {
                messages.add(new Stored(offset, message, parts.content().state(offset), Names.replaces(message)));
                bytes += message.getSize();
            }
        }
        long seen = parts.read().seen();
        return new InboxPage(
                log.epoch(),
                log.head(),
                log.lost(),
                seen,
                log.above(seen),
                log.unread(),
                log.waiting(),
                messages,
                request.limit() > 0 && offsets.hasNext());
    }

    private LongStream offsets(InboxRequest request) {
        if (request.limit() == 0) {
            return LongStream.empty();
        }
        MessageLog log = parts.content().log();
        if (!request.isNewestFirst()) {
            return upwards(log, request.offset().orElse(Long.MIN_VALUE));
        }
        // an index of numbers in memory, which is bounded by what an inbox may have
        long below = request.offset().orElse(Long.MAX_VALUE);
        long[] all =
                upwards(log, Long.MIN_VALUE).takeWhile(offset -> offset < below).toArray();
        return IntStream.range(0, all.length).mapToLong(i -> all[all.length - 1 - i]);
    }

    private static LongStream upwards(MessageLog log, long behind) {
        return LongStream.iterate(log.after(behind), offset -> offset != Long.MAX_VALUE, log::after);
    }
}
