package gatepost.events.webhook;

import gatepost.events.feed.SenderStatus;
import gatepost.metrics.view.WebhookView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** All webhooks that are configured. Any thread. */
@Component(service = {Webhooks.class, WebhookView.class})
public final class Webhooks implements WebhookView {

    private final List<Webhook> all = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, unbind = "remove")
    void add(Webhook webhook) {
        all.add(webhook);
    }

    void remove(Webhook webhook) {
        all.remove(webhook);
    }

    /** @return by name */
    public List<Webhook> all() {
        return all.stream().sorted(Comparator.comparing(Webhook::name)).toList();
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public Webhook named(String name) {
        return all.stream()
                .filter(webhook -> webhook.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no webhook " + name
                        + (all.isEmpty()
                                ? ""
                                : ", but "
                                        + String.join(
                                                ", ",
                                                all().stream()
                                                        .map(Webhook::name)
                                                        .toList()))));
    }

    @Override
    public List<WebhookRow> webhooks() {
        return all().stream().map(Webhooks::row).toList();
    }

    private static WebhookRow row(Webhook webhook) {
        return webhook.sender()
                .map(sender -> row(webhook, sender.status()))
                .orElse(new WebhookRow(webhook.name(), "", "refused", 0, Optional.empty(), 0, ""));
    }

    private static WebhookRow row(Webhook webhook, SenderStatus status) {
        return new WebhookRow(
                webhook.name(),
                webhook.url(),
                switch (status.state()) {
                    case STARTING -> "starting";
                    case OK -> "ok";
                    case DOWN -> "down";
                    case STOPPED -> "stopped";
                },
                status.pending(),
                status.oldest().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(status.oldest().getAsLong())),
                status.lost(),
                status.stopped().isEmpty() ? status.failure() : status.stopped());
    }
}
