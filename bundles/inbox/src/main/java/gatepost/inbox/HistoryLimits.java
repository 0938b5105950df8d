package gatepost.inbox;

/**
 * What stays in an inbox of what is done: as much as the least of these allows.
 *
 * @param messages 0 keeps none
 * @param bytes of all of them; a larger message is not kept at all
 * @param ageMillis since the message came
 */
record HistoryLimits(int messages, long bytes, long ageMillis) {

    /** @return whether a message of that many bytes stays for a while */
    boolean keeps(int size) {
        return messages > 0 && ageMillis > 0 && size <= bytes;
    }
}
