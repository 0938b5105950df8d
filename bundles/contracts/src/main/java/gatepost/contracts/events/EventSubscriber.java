package gatepost.contracts.events;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Wants to hear of events. */
public interface EventSubscriber {

    /**
     * What is told.
     *
     * @param id the same when it is told again: who has seen it leaves it out
     * @param type such as {@code message.done}
     * @param user whom it is about; empty for {@code events.lost}
     * @param json the whole of it: {@code {"type","timestamp","data":{…}}}
     */
    record Told(String id, String type, String user, String json) {}

    /** @return tells it from all others, also after a start; letters, digits, {@code . _ -}, at most 64 characters */
    String name();

    /** @return of which types; does not change */
    Set<EventType> types();

    /** @return for how long a message has to wait to be undelivered; does not change */
    Duration after();

    /**
     * Takes an event. The next one of that user is told when this one is done; of others, meanwhile. One that fails is told again later.
     *
     * @return completed with {@code null} when it was taken; any thread. Must return at once
     */
    CompletionStage<Void> tell(Told event);
}
