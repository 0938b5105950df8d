package gatepost.events.shell;

import gatepost.events.webhook.Webhook;
import gatepost.events.webhook.Webhooks;
import gatepost.metrics.view.WebhookView.WebhookRow;
import gatepost.shell.AnsweringCommand;
import gatepost.shell.Listing;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:webhook-list}: where events are sent, and how that goes. */
@Service
@Command(
        scope = "gatepost",
        name = "webhook-list",
        description = "Lists webhooks: whether they take events, and what is pending",
        detailedDescription = "classpath:webhook-list.txt")
public final class WebhookListCommand extends AnsweringCommand {

    @Reference
    private Webhooks webhooks;

    @Override
    protected Answer answer() {
        Listing list = new Listing("Name", "URL", "State", "Pending", "Oldest", "Told", "Lost", "Last answer")
                .ifEmpty("There is no webhook: docs/operators.md says how etc/gatepost.webhook-NAME.cfg makes one");
        for (WebhookRow row : webhooks.webhooks()) {
            Webhook webhook = webhooks.named(row.name());
            list.row(
                    row.name(),
                    row.url(),
                    row.state(),
                    row.pending(),
                    row.oldest(),
                    webhook.sender().map(sender -> sender.status().told()).orElse(0L),
                    row.lost(),
                    row.failure().isEmpty() ? webhook.lastAnswer() : Optional.of(row.failure()));
        }
        return Answer.of(list);
    }
}
