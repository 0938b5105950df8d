package gatepost.contracts.http;

import java.util.List;
import java.util.Map;

/**
 * The answer is a stream of Server-Sent Events, which lasts until one side ends it. Only what everybody may call becomes one: who it
 * is, is asked when the stream begins.
 *
 * @param subscriptions each what a SUBSCRIBE frame would say, without {@code id} and {@code receipt}
 */
public record HttpEvents(List<Map<String, String>> subscriptions) implements HttpStep {

    public HttpEvents {
        subscriptions = List.copyOf(subscriptions);
    }
}
