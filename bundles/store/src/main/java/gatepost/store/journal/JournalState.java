package gatepost.store.journal;

/**
 * What the journal says of itself, at the beginning of each file and whenever one of its numbers rises.
 *
 * @param epoch of all numbers of messages; made once for a journal, more than 0
 * @param ceiling no message has a number above it
 * @param lost the highest number that a crash may have taken; 0 for none
 * @param queues no queue has a number above it
 * @param closed whether nothing comes after this: written when the journal is closed in good order, and only then the last record
 */
public record JournalState(long epoch, long ceiling, long lost, long queues, boolean closed) {}
