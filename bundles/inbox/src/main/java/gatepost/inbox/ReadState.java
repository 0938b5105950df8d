package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.inbox.Mark;
import gatepost.contracts.inbox.Marked;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import gatepost.inbox.Watchers.Change;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** What the owner of one inbox has seen, read and archived of it. Any thread. */
final class ReadState {

    private static final String SEEN = "seen";

    private final MessageLog log;
    private final Watchers watchers;
    /** Up to there the owner has seen everything; it only rises. */
    private long seen;

    /** @param notes all that is remembered of the inbox */
    ReadState(MessageLog log, Watchers watchers, Map<String, byte[]> notes) {
        this.log = log;
        this.watchers = watchers;
        byte[] remembered = notes.get(SEEN);
        this.seen = remembered == null ? 0 : ByteBuffer.wrap(remembered).getLong();
    }

    synchronized long seen() {
        return seen;
    }

    /** @return safe when the change is on the disk; nothing when nothing has changed */
    Optional<Durability> apply(InboxRequest request) {
        if (!request.epoch().orElse("").equals(log.epoch())) {
            return Optional.empty();
        }
        return switch (request.kind()) {
            case SEEN -> see(request.upTo().getAsLong(), request.isResponseRequired());
            case READ -> mark(request, Mark.READ, true, Change.READ);
            case UNREAD -> mark(request, Mark.READ, false, Change.UNREAD);
            case ARCHIVE -> mark(request, Mark.ARCHIVED, true, Change.ARCHIVED);
            case DONE, WITHDRAW, PAGE -> throw new IllegalArgumentException("that is not for the owner to say");
        };
    }

    private synchronized Optional<Durability> see(long upTo, boolean urgent) {
        // a client that is wrong must not have what comes next seen
        long next = Math.min(upTo, log.head());
        if (next <= seen) {
            return Optional.empty();
        }
        seen = next;
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(next).array();
        Durability stored = log.note(new Note(SEEN, value), urgent);
        watchers.counted();
        return Optional.of(stored);
    }

    private Optional<Durability> mark(InboxRequest request, Mark mark, boolean on, Change change) {
        boolean urgent = request.isResponseRequired();
        Optional<Marked> marked = request.offset().isPresent()
                ? log.mark(request.offset().getAsLong(), mark, on, urgent)
                : log.markUpTo(request.upTo().getAsLong(), mark, on, urgent);
        marked.ifPresent(done -> watchers.changed(change, done.offsets()));
        return marked.map(Marked::stored);
    }

    /** The log was emptied: marks begin anew. */
    synchronized void purged() {
        seen = 0;
    }
}
