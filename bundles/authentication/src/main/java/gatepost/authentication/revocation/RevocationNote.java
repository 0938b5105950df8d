package gatepost.authentication.revocation;

import gatepost.authentication.revocation.RevocationIndex.Entry;
import gatepost.contracts.Revocation;
import gatepost.contracts.Revocation.Kind;
import gatepost.contracts.inbox.Note;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a revocation stands in the ledger. The note is called by the word of its kind, a colon and the name; it holds when it was made and,
 * for everything before a time, that time: milliseconds since 1970, eight bytes each.
 */
final class RevocationNote {

    private static final Map<Kind, String> WORDS =
            Map.of(Kind.USER, "user", Kind.TOKEN, "token", Kind.ISSUED_BEFORE, "before");

    private RevocationNote() {}

    static String name(Revocation revocation) {
        return WORDS.get(revocation.kind()) + ":" + revocation.name();
    }

    static Note of(Entry entry) {
        Optional<Instant> before = entry.revocation().issuedBefore();
        ByteBuffer value = ByteBuffer.allocate(before.isPresent() ? 2 * Long.BYTES : Long.BYTES)
                .putLong(entry.since().toEpochMilli());
        before.ifPresent(time -> value.putLong(time.toEpochMilli()));
        return new Note(name(entry.revocation()), value.array());
    }

    /** @return nothing for a note that is none of these */
    static Optional<Entry> read(String name, byte[] value) {
        int colon = name.indexOf(':');
        Optional<Kind> kind = WORDS.entrySet().stream()
                .filter(word -> colon > 0 && word.getValue().equals(name.substring(0, colon)))
                .map(Map.Entry::getKey)
                .findFirst();
        int times = kind.equals(Optional.of(Kind.ISSUED_BEFORE)) ? 2 : 1;
        if (kind.isEmpty() || value.length != times * Long.BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        Instant since = Instant.ofEpochMilli(bytes.getLong());
        Optional<Instant> before = times == 2 ? Optional.of(Instant.ofEpochMilli(bytes.getLong())) : Optional.empty();
        return Optional.of(new Entry(new Revocation(kind.get(), name.substring(colon + 1), before), since));
    }
}
