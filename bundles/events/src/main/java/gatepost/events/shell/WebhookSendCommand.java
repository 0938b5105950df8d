package gatepost.events.shell;

import gatepost.events.feed.Sender;
import gatepost.events.webhook.Webhooks;
import gatepost.shell.AnsweringCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code gatepost:webhook-send}: tries again now. */
@Service
@Command(
        scope = "gatepost",
        name = "webhook-send",
        description = "Sends what is pending for a webhook again now, also to one that is stopped",
        detailedDescription = "classpath:webhook-send.txt")
public final class WebhookSendCommand extends AnsweringCommand {

    @Argument(name = "name", required = true, description = "The name of the webhook")
    @Completion(WebhookCompleter.class)
    private String name;

    @Option(name = "--user", description = "Only what is pending of this user")
    private String user;

    @Reference
    private Webhooks webhooks;

    @Override
    protected Optional<String> audited() {
        return Optional.of(user == null ? name : name + " for " + user);
    }

    @Override
    protected Answer answer() {
        Sender sender = webhooks.named(name)
                .sender()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the configuration of the webhook " + name + " was refused: see gatepost:status"));
        int pending = sender.status().pending();
        sender.sendNow(Optional.ofNullable(user));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", name);
        object.put("user", user);
        object.put("pending", pending);
        return Answer.of(
                user == null
                        ? "What is pending is tried now: " + pending + (pending == 1 ? " event" : " events")
                        : "What is pending of " + user + " is tried now",
                object);
    }
}
