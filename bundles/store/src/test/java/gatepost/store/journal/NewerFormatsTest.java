package gatepost.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.store.journal.CheckedFile.State;
import gatepost.store.queue.QueueStores;
import gatepost.store.queue.StoreCheck;
import gatepost.store.quota.Admission;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newer Gatepost has written is left alone, and not taken for damage. */
class NewerFormatsTest {

    private static final String FIRST = "0000000001.journal";

    @TempDir
    private Path folder;

    @Test
    void aFileOfANewerFormatIsRefusedByNameAndNothingIsChanged() throws IOException {
        written();
        for (int format = 6; format <= 9; format++) {
            says(format, format);
            Files.write(folder.resolve("0000000002.journal.new"), new byte[10]);
            Map<String, Integer> before = contents();

            QueueStores stores = new QueueStores(folder, new Admission());
            IOException refused = assertThrows(IOException.class, stores::start);

            assertEquals(
                    folder.resolve(FIRST) + " is of the format GPJ" + format
                            + ", which a newer Gatepost has written; this one knows GPJ1 to GPJ5, and has changed nothing",
                    refused.getMessage());
            StoreCheck check = StoreCheck.of(folder);
            assertFalse(check.isGood());
            assertEquals(State.UNREADABLE, check.files().get(0).state());
            assertEquals(refused.getMessage(), check.files().get(0).note());
            assertEquals(before, contents());
        }
    }

    @Test
    void oneOfWhichThisOneUnderstandsNothingIsRefusedToo() throws IOException {
        written();
        says(6, 6);
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(FIRST).toFile(), "rw")) {
            file.seek(Segment.HEAD);
            file.write("records of another kind".getBytes(StandardCharsets.US_ASCII));
        }
        QueueStores stores = new QueueStores(folder, new Admission());
        assertTrue(assertThrows(IOException.class, stores::start).getMessage().contains("GPJ6"));
    }

    @Test
    void oneBitOfDamageMakesNoNewerFormat() throws IOException {
        written();
        says(6, 5);

        QueueStores stores = new QueueStores(folder, new Admission());
        stores.start();

        assertTrue(stores.damage() > 0);
        stores.stop();
    }

    /** A file that was closed in good order. */
    private void written() throws IOException {
        QueueStores stores = new QueueStores(folder, new Admission());
        stores.start();
        stores.stop();
        assertEquals("GPJ5", new String(Files.readAllBytes(folder.resolve(FIRST)), 0, 4, StandardCharsets.US_ASCII));
    }

    /** @param first what its first record says */
    private void says(int head, int first) throws IOException {
        byte[] all = Files.readAllBytes(folder.resolve(FIRST));
        ByteBuffer bytes = ByteBuffer.wrap(all);
        bytes.put(3, (byte) ('0' + head));
        int length = bytes.getInt(Segment.HEAD);
        int payload = Segment.HEAD + Batch.HEADER;
        bytes.put(payload + length - 1, (byte) first);
        int checksum = Batch.checksum(
                new CRC32C(),
                bytes.getInt(4),
                bytes.duplicate().position(payload).limit(payload + length));
        bytes.putInt(Segment.HEAD + Integer.BYTES, checksum);
        Files.write(folder.resolve(FIRST), all);
    }

    private Map<String, Integer> contents() throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                contents.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
