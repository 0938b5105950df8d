package gatepost.contracts.inbox;

import gatepost.contracts.Durability;
import java.io.IOException;
import java.util.Map;

/**
 * What a store remembers that belongs to no queue: ledgers, each of which is notes by their names. The broker knows nothing of them, and no
 * client can name one. Any thread; nothing waits for the disk.
 */
public interface StoredLedger {

    /** The ledger of what is revoked: it outlives whoever it is about. */
    String REVOCATIONS = "gatepost.revocations";

    /** The ledger of who hears of events: how far each has come, and what they were not told. */
    String EVENTS = "gatepost.events";

    /**
     * @param ledger its name, one of those that the store knows
     * @return all that stands in it now, by name; a copy
     * @throws IOException while the store has not read what is on the disk
     * @throws IllegalArgumentException when the store has no such ledger
     */
    Map<String, byte[]> ledger(String ledger) throws IOException;

    /**
     * Writes a note, or takes one out.
     *
     * @param urgent whether somebody waits for the record of that
     * @return safe when that, or something newer of that name, is on the disk
     * @throws IOException while the store has not read what is on the disk
     * @throws IllegalArgumentException when the store has no such ledger
     */
    Durability record(String ledger, Note note, boolean urgent) throws IOException;
}
