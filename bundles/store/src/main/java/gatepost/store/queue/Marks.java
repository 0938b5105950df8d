package gatepost.store.queue;

import gatepost.contracts.inbox.Mark;
import gatepost.contracts.inbox.Marked;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the owner of an inbox says of its messages, waiting or done. Any thread. */
final class Marks {

    private final StoredMessages messages;

    Marks(StoredMessages messages) {
        this.messages = messages;
    }

    Set<Mark> of(long offset) {
        byte flags = messages.flags(offset);
        if (!Flags.areMarks(flags)) {
            return Set.of();
        }
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        for (Mark mark : Mark.values()) {
            if ((flags & Flags.of(mark)) != 0) {
                marks.add(mark);
            }
        }
        return marks;
    }

    Optional<Marked> mark(long from, long upTo, Mark mark, boolean on, boolean urgent) {
        byte flag = Flags.of(mark);
        List<Long> changed = new ArrayList<>();
        synchronized (messages) {
            Contents contents = messages.contents();
            contents.forRange(from, upTo, offset -> {
                // nobody has seen what belongs to a transaction that is not committed
                if (!contents.underway().isPending(offset) && contents.mark(offset, on ? flag : 0, on ? 0 : flag)) {
                    changed.add(offset);
                }
            });
            if (changed.isEmpty()) {
                return Optional.empty();
            }
            MarkRange record =
                    new MarkRange(messages, changed.get(0), changed.get(changed.size() - 1), flag, on, urgent);
            messages.stores().commits().submit(record);
            return Optional.of(new Marked(List.copyOf(changed), record));
        }
    }
}
