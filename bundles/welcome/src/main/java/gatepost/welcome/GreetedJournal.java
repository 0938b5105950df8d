package gatepost.welcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a Gatepost before this one remembered who was greeted. It is lines {@code CHECKSUM KIND TIME NAME}, of which a later one
 * overtakes an earlier one of the same kind and name; the checksum is the CRC-32 of what follows it.
 */
final class GreetedJournal {

    /** The name of the file. */
    static final String FILE = "greeted.journal";

    private static final Logger LOG = LoggerFactory.getLogger(GreetedJournal.class);
    private static final int CHECKSUM_LENGTH = 8;
    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, Long> greeted = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private int broken;

    private GreetedJournal() {}

    /** A line that is not whole is left out, which the log says. */
    static GreetedJournal read(Path file) throws IOException {
        GreetedJournal journal = new GreetedJournal();
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                journal.line(bytes, start, i - start);
                start = i + 1;
            }
        }
        if (start < bytes.length || journal.broken > 0) {
            LOG.warn(
                    "{}: {} broken lines and a torn end of {} bytes are left out",
                    file,
                    journal.broken,
                    bytes.length - start);
        }
        return journal;
    }

    /** @return when those were greeted who were, milliseconds since 1970 */
    Map<String, Long> greeted() {
        return greeted;
    }

    /** @return when a user was last signed in, milliseconds since 1970, as far as that was watched; 0 for never */
    long seen(String user) {
        return seen.getOrDefault(user, 0L);
    }

    private void line(byte[] bytes, int start, int length) {
        int from = start + CHECKSUM_LENGTH + 1;
        int size = length - CHECKSUM_LENGTH - 1;
        if (size <= 0 || !checksum(bytes, from, size).equals(text(bytes, start, CHECKSUM_LENGTH))) {
            broken++;
            return;
        }
        String[] parts = text(bytes, from, size).split(" ", 3);
        switch (parts[0]) {
            case "GREETED" -> greeted.put(unescape(parts[2]), Long.parseLong(parts[1]));
            case "SEEN" -> seen.put(unescape(parts[2]), Long.parseLong(parts[1]));
            default -> {
                // who was to be greeted is so again when they sign in, and what ids were made of is of no use any more
            }
        }
    }

    private static String text(byte[] bytes, int from, int size) {
        return new String(bytes, from, size, StandardCharsets.UTF_8);
    }

    private static String checksum(byte[] bytes, int from, int size) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, size);
        return HEX.toHexDigits((int) crc.getValue());
    }

    private static String unescape(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                name.append((char) HexFormat.fromHexDigits(text, i + 1, i + 5));
                i += 4;
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
