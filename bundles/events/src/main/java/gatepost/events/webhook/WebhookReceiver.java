package gatepost.events.webhook;

import gatepost.contracts.events.EventType;
import gatepost.events.feed.Receiver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * A webhook with the settings that it has at a time.
 *
 * @param post sends
 */
record WebhookReceiver(
        String name, WebhookSettings settings, BiFunction<WebhookSettings, Told, CompletionStage<Void>> post)
        implements Receiver {

    @Override
    public Set<EventType> types() {
        return settings.events();
    }

    @Override
    public Duration after() {
        return settings.after();
    }

    @Override
    public int atOnce() {
        return settings.connections();
    }

    @Override
    public String target() {
        return settings.url().toString();
    }

    @Override
    public CompletionStage<Void> tell(Told event) {
        return post.apply(settings, event);
    }
}
