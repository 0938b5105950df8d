package gatepost.store.journal;

/**
 * Where a record is, in one positive {@code long}: 20 bits for the segment, 26 for the offset and 17 for the size. Millions of
 * them wait in memory while users are away, so that each is a number and no object.
 */
public final class Location {

    /** Every record begins at a multiple of so many bytes. */
    static final int ALIGNMENT = 8;
    /** Segments are counted on and on; a location keeps the lowest bits, which are unique among those that exist. */
    static final int SEGMENTS = 1 << 20;

    private static final int SIZE_BITS = 17;
    private static final int OFFSET_BITS = 26;
    private static final int SIZE_UNIT = 64;
    private static final int SIZE_MASK = (1 << SIZE_BITS) - 1;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;

    private Location() {}

    static long of(int segment, int offset, int size) {
        long units = Math.min(SIZE_MASK, (size + SIZE_UNIT - 1) / SIZE_UNIT);
        return (long) (segment & SEGMENTS - 1) << OFFSET_BITS + SIZE_BITS
                | (long) (offset / ALIGNMENT) << SIZE_BITS
                | units;
    }

    /** @return the same place, where so many bytes more are */
    public static long with(long location, int more) {
        long units = Math.min(SIZE_MASK, (size(location) + (long) more + SIZE_UNIT - 1) / SIZE_UNIT);
        return location & ~(long) SIZE_MASK | units;
    }

    /** @return the first offset from there on at which a record may begin */
    static int align(int offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    static int segment(long location) {
        return (int) (location >>> OFFSET_BITS + SIZE_BITS);
    }

    static int offset(long location) {
        return ((int) (location >>> SIZE_BITS) & OFFSET_MASK) * ALIGNMENT;
    }

    /** @return about how many bytes the record takes: up to 63 too many, and never more than 8 MiB */
    public static int size(long location) {
        return (int) (location & SIZE_MASK) * SIZE_UNIT;
    }
}
