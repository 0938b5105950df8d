package gatepost.contracts.http;

import gatepost.contracts.Durability;
import java.util.List;
import java.util.function.Supplier;

/**
 * The answer comes when all of that is settled: on the disk, or never to be.
 *
 * @param awaited for which no thread waits
 * @param next makes the answer then, on the session's thread
 */
public record HttpPending(List<Durability> awaited, Supplier<HttpAnswer> next) implements HttpStep {

    public HttpPending {
        awaited = List.copyOf(awaited);
    }
}
