package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads a file of the journal from its beginning to its end, at the start or to check it; says nothing and changes nothing.
 *
 * <p>What is no record is one of two things. Where a power cut came while something was being written, any part of what was not
 * synced may be missing: nobody was told that any of it is safe, so all from there on goes, lest a REMOVE count whose ADD is lost. All
 * else is damage: what comes after it was confirmed and counts.
 */
final class SegmentScan {

    private final Segment segment;
    private final ByteBuffer bytes;
    private int end = Segment.HEAD;
    private boolean torn;
    private long records;
    private int damages;
    private int damagedBytes;
    /** What the next MEMBERS speaks of, and where it is. */
    private Record body;

    private long bodyLocation;

    SegmentScan(Segment segment) throws IOException {
        this.segment = segment;
        this.bytes = segment.read(0, Integer.MAX_VALUE);
    }

    /** @return where the last record ends; after {@link #replay} */
    int end() {
        return end;
    }

    /** @return whether what was being written when the machine stopped is there in part; after {@link #replay} */
    boolean isTorn() {
        return torn;
    }

    /** @return how many there are that say something of a queue, those within a group each for itself; after {@link #replay} */
    long records() {
        return records;
    }

    /** @return in how many places it is damaged; after {@link #replay} */
    int damages() {
        return damages;
    }

    /** @return about how many bytes that is; after {@link #replay} */
    int damagedBytes() {
        return damagedBytes;
    }

    /**
     * @param tearable whether it was being written when the machine stopped, perhaps
     * @throws UnknownRecord when something in it is not of this version
     */
    void replay(boolean tearable, Replay replay) {
        if (segment.isDamaged()) {
            // its beginning is
            damages++;
        }
        int at = Segment.HEAD;
        while (bytes.limit() - at > Batch.HEADER) {
            Record record = Record.at(bytes.position(at), segment.salt());
            if (record != null && !record.member()) {
                int size = Record.size(bytes);
                replay(at, size, record, replay);
                end = at + size;
                at = Location.align(end);
            } else if (Segment.isZero(bytes.position(at))) {
                break;
            } else if (tearable && !isConfirmedAfter(at)) {
                torn = true;
                break;
            } else {
                at = passOver(at);
            }
        }
        end = Location.align(end);
    }

    /** @return where the next record is that is whole, or where there is nothing but zeros */
    private int passOver(int from) {
        damages++;
        int at = from + Location.ALIGNMENT;
        while (bytes.limit() - at > Batch.HEADER) {
            Record record = Record.at(bytes.position(at), segment.salt());
            if (record != null && !record.member()) {
                break;
            }
            at += Location.ALIGNMENT;
        }
        damagedBytes += at - from;
        return at;
    }

    /** @return whether a later record says that what was there was on the disk */
    private boolean isConfirmedAfter(int from) {
        for (int at = from; bytes.limit() - at > Batch.HEADER; at += Location.ALIGNMENT) {
            if (bytes.get(at + Batch.HEADER) == Batch.SAFE) {
                Record record = Record.at(bytes.position(at), segment.salt());
                if (record != null && record.safeEnd(segment.id()) > from) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean saysOfAQueue(Record record) {
        return switch (record.type()) {
            case Batch.SAFE, Batch.GROUP, Batch.STATE, Batch.MEMBERS -> false;
            default -> true;
        };
    }

    private void replay(int start, int size, Record record, Replay replay) {
        long location = Location.of(segment.id(), start, size);
        records += saysOfAQueue(record) ? 1 : 0;
        switch (record.type()) {
            case Batch.QUEUE -> replay.queue(record.queue(), record.name(), location);
            case Batch.LOG -> replay.log(record.queue(), record.name(), record.trimmed(), location);
            case Batch.ADD ->
                replay.add(record.queue(), record.sequence(), record.expiration(), record.message(), location);
            case Batch.LOGGED -> {
                replay.add(record.queue(), record.sequence(), record.expiration(), record.message(), location);
                replay.flags(record.queue(), record.sequence(), record.flags());
            }
            case Batch.SHARED -> {
                body = record;
                bodyLocation = location;
            }
            case Batch.MEMBERS -> replay.shared(body.expiration(), record.members(), bodyLocation);
            case Batch.FLAGS -> replay.flags(record.queue(), record.sequence(), record.flags());
            case Batch.MARKS ->
                replay.marks(record.queue(), record.sequence(), record.upTo(), record.set(), record.cleared());
            case Batch.NOTE -> replay.note(record.queue(), record.noteName(), record.noteValue(), location);
            case Batch.REMOVE -> {
                replay.remove(record.queue(), record.sequence());
                if (record.isTrim()) {
                    replay.trimmed(record.queue(), record.sequence());
                }
            }
            case Batch.STATE -> replay.state(record.state());
            case Batch.DROP -> replay.drop(record.queue());
            case Batch.SAFE -> {
                // read where something is not whole
            }
            case Batch.GROUP -> {
                int base = start + Batch.HEADER + 1;
                ByteBuffer members = record.content();
                int skip = Location.align(base) - base;
                members.position(Math.min(members.limit(), skip));
                while (members.remaining() > Batch.HEADER) {
                    int at = members.position();
                    Record member = Record.at(members, segment.salt());
                    if (member == null) {
                        throw new UnknownRecord(
                                "a group in " + segment.file() + " at " + start + " is not made of records");
                    }
                    int length = Record.size(members);
                    replay(base + at, length, member, replay);
                    members.position(Math.min(members.limit(), Location.align(base + at + length) - base));
                }
            }
            default ->
                throw new UnknownRecord("the record at " + start + " of " + segment.file() + " is of the unknown type "
                        + record.type());
        }
    }
}
