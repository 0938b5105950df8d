package gatepost.store.queue;

/**
 * What has gone of the history of inboxes because the store was short of room.
 *
 * @param bytes about so many on the disk
 */
public record Yielded(long messages, long bytes) {}
