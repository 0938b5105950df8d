package gatepost.console.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the lines of a file from its end to its beginning, a block at a time. What stands behind the last line end is still being written
 * and left out. The file may be renamed or grow meanwhile. For one thread.
 */
final class BackwardLines implements Closeable {

    /** Of a longer line only the beginning is kept. */
    static final int LONGEST = 8 * 1024;

    /** Where so much is no line, what is before it is not looked at. */
    private static final int MOST_IN_A_LINE = 1024 * 1024;

    private static final int BLOCK = 64 * 1024;

    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    /** Of the line that is read: its last bytes stand at the end, so it grows to the front. */
    private byte[] line = new byte[0];

    private long blockStart;
    private int inBlock;
    private long lineEnd;
    private boolean endless;

    BackwardLines(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        blockStart = channel.size();
        lineEnd = -1;
    }

    /** @return bytes from the beginning of the file to behind the last line end, once a line was read */
    long end() {
        return lineEnd;
    }

    /** @return where the line begins that was read last */
    long at() {
        return blockStart + inBlock + 1;
    }

    /** Whether there is more before, which has no lines. */
    boolean isEndless() {
        return endless;
    }

    /** @return the line before; null where there is none */
    String previous() throws IOException {
        boolean begun = lineEnd >= 0 || findEnd();
        if (!begun || at() == 0 || endless) {
            return null;
        }
        long behind = at();
        line = new byte[0];
        inBlock--;
        while (true) {
            int last = inBlock;
            while (inBlock >= 0 && block.get(inBlock) != '\n') {
                inBlock--;
            }
            keep(inBlock + 1, last + 1);
            if (inBlock >= 0) {
                return text();
            }
            endless = behind - blockStart > MOST_IN_A_LINE;
            if (endless) {
                return null;
            }
            if (!load()) {
                return text();
            }
        }
    }

    private boolean findEnd() throws IOException {
        inBlock = -1;
        long size = blockStart;
        while (size - blockStart < MOST_IN_A_LINE && load()) {
            while (inBlock >= 0) {
                if (block.get(inBlock) == '\n') {
                    lineEnd = blockStart + inBlock + 1;
                    return true;
                }
                inBlock--;
            }
        }
        return false;
    }

    /** @return whether there is a block before */
    private boolean load() throws IOException {
        if (blockStart == 0) {
            return false;
        }
        int length = (int) Math.min(BLOCK, blockStart);
        blockStart -= length;
        block.clear().limit(length);
        while (block.hasRemaining() && channel.read(block, blockStart + block.position()) >= 0) {
            // until all of it is there
        }
        inBlock = length - 1;
        return true;
    }

    /** Puts bytes of the block before those of the line, of which the first ones stay. */
    private void keep(int from, int until) {
        int fresh = Math.min(until - from, LONGEST);
        int old = Math.min(line.length, LONGEST - fresh);
        byte[] together = new byte[fresh + old];
        block.get(from, together, 0, fresh);
        System.arraycopy(line, 0, together, fresh, old);
        line = together;
    }

    private String text() {
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
