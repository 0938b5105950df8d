package gatepost.contracts;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service for operators' work with queues and inboxes, whatever the entry map says: the broker's. Whoever asks has to know that the
 * operator may. Any thread but an event loop: it waits for the disk.
 */
public interface QueueDesk {

    /**
     * How a queue is doing.
     *
     * @param name without a scheme
     * @param inbox whether it is one: every reader gets every message
     * @param messages that it holds, those on their way to a reader included; of an inbox those that wait
     * @param bytes that those take which are kept
     * @param unacknowledged messages that a reader has got and not acknowledged
     * @param consumers subscriptions to it
     * @param oldest when the message came that has been here longest, where there is one
     */
    record Depth(
            String name,
            boolean inbox,
            long messages,
            long bytes,
            long unacknowledged,
            long consumers,
            Optional<Instant> oldest) {}

    /**
     * Some of the queues that were asked for.
     *
     * @param matching how many there are
     */
    record Depths(List<Depth> queues, int matching) {}

    /**
     * A message as it lies in a queue.
     *
     * @param came when the broker took it
     * @param headers of the application and of Gatepost, in alphabetical order
     * @param size of the body in bytes
     * @param body its beginning as text; what is no UTF-8 is replaced
     */
    record Shown(
            String id,
            Instant came,
            Optional<Instant> expires,
            int redeliveries,
            boolean persistent,
            Map<String, String> headers,
            int size,
            String body) {}

    /**
     * The fullest queues first; of those that are equally full in the order of their names.
     *
     * @param search a part of the name, in any case; empty for all
     * @param skip pass over so many
     * @param limit at most so many
     * @return none while the broker is stopped
     */
    Depths list(String search, int skip, int limit);

    /** @return the one of exactly that name, where there is one */
    Optional<Depth> named(String name);

    /**
     * @param limit at most so many of those that would be read next
     * @param characters at most so many of each body
     * @throws IllegalArgumentException when there is no such queue
     * @throws IOException when a message cannot be read
     */
    List<Shown> browse(String name, int limit, int characters) throws IOException;

    /**
     * Drops all messages of a queue, for good, those included that a reader has got and not acknowledged; of an inbox its history as well.
     *
     * @return how many there were
     * @throws IllegalArgumentException when there is no such queue
     * @throws Exception when the broker refuses
     */
    long purge(String name) throws Exception;

    /**
     * Sends a message as a STOMP client would; returns when it is on the disk.
     *
     * @param name of a queue, which is made if there is none; no pattern
     * @param headers of the application
     * @return the message's id
     * @throws IllegalArgumentException when no queue can have the name
     * @throws IllegalStateException while the broker is stopped
     * @throws Exception when the broker refuses
     */
    String send(String name, String body, Map<String, String> headers) throws Exception;
}
