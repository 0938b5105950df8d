package gatepost.metrics.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A service of the bundle that has the webhooks. */
public interface WebhookView {

    /** @return all that are configured, by name */
    List<WebhookRow> webhooks();

    /**
     * A webhook.
     *
     * @param url without its query; empty while no configuration of it could be used
     * @param state {@code ok}, {@code starting}, {@code down}, {@code stopped} or {@code refused}
     * @param pending events that it was not told yet
     * @param oldest when the first of them happened
     * @param lost events that it will never be told of, since the start
     * @param failure why the last attempt failed, or why it is stopped; empty while it takes events
     */
    record WebhookRow(
            String name, String url, String state, int pending, Optional<Instant> oldest, long lost, String failure) {}
}
