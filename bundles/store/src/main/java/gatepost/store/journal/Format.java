package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What the first four bytes of a file say of all that follows: {@code GPJ} and a digit. */
final class Format {

    /** Of the files that are written. */
    static final byte NEWEST = 5;

    private static final int NONE = 0x47504a30;
    /** With what a file of {@link #NEWEST} begins. */
    static final int HEAD = NONE + NEWEST;

    private Format() {}

    static boolean isKnown(int head) {
        return head > NONE && head <= HEAD;
    }

    /** @return whether such files say what of them was synced ({@link Batch#SAFE}) */
    static boolean hasMarks(int head) {
        return head != NONE + 1;
    }

    /**
     * Refuses a file of a newer Gatepost, of which this one would take good records for damage. One that only seems to be newer, since a bit
     * of its head is damaged, is known by its first record, which says the format once more.
     *
     * @throws IOException for one that is newer, with a message for people
     */
    static void refuseNewer(Path file, Disk.Content content) throws IOException {
        ByteBuffer head = content.read(0, Segment.HEAD);
        if (head.remaining() < Segment.HEAD || head.getInt(0) <= HEAD || head.getInt(0) > NONE + 9) {
            return;
        }
        ByteBuffer first = content.read(Segment.HEAD, Batch.HEADER);
        if (first.remaining() < Batch.HEADER || Segment.isZero(first)) {
            // nothing is in it
            return;
        }
        Record record = first.getInt(0) <= 0
                ? null
                : Record.at(content.read(Segment.HEAD, Batch.HEADER + first.getInt(0)), head.getInt(Integer.BYTES));
        if (record == null || record.type() == Batch.STATE && record.format() > NEWEST) {
            int format = head.getInt(0) - NONE;
            throw new IOException(
                    file + " is of the format GPJ" + format + ", which a newer Gatepost has written; this one"
                            + " knows GPJ1 to GPJ" + NEWEST + ", and has changed nothing");
        }
    }
}
