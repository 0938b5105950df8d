package gatepost.inbox;

import gatepost.contracts.inbox.Note;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A part of the members of an audience as bytes: each name in UTF-8, behind two bytes of its length, in order. So they are on the disk, and
 * in memory, where an object for each of 100,000 would be a lot.
 */
final class Bucket {

    /** One of no members; it is nowhere on the disk. */
    static final byte[] EMPTY = {};

    private Bucket() {}

    static void forEach(byte[] bucket, Consumer<String> reader) {
        ByteBuffer bytes = ByteBuffer.wrap(bucket);
        while (bytes.hasRemaining()) {
            byte[] name = new byte[bytes.getShort() & 0xffff];
            bytes.get(name);
            reader.accept(new String(name, StandardCharsets.UTF_8));
        }
    }

    static int size(byte[] bucket) {
        int size = 0;
        for (int at = 0; at < bucket.length; size++) {
            at += Short.BYTES + (ByteBuffer.wrap(bucket).getShort(at) & 0xffff);
        }
        return size;
    }

    static SortedSet<String> names(byte[] bucket) {
        SortedSet<String> names = new TreeSet<>();
        forEach(bucket, names::add);
        return names;
    }

    /** @throws IllegalStateException when there is no room for all of them */
    static byte[] of(SortedSet<String> names) {
        ByteBuffer bytes = ByteBuffer.allocate(Note.VALUE_MAX);
        for (String name : names) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.remaining() < Short.BYTES + text.length) {
                throw new IllegalStateException("there is no room for more members");
            }
            bytes.putShort((short) text.length).put(text);
        }
        byte[] bucket = new byte[bytes.position()];
        bytes.flip().get(bucket);
        return bucket;
    }
}
