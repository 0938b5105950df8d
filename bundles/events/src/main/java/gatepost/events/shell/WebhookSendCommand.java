package gatepost.events.shell;

import gatepost.contracts.Printable;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code gatepost:webhook-send}: tries again now. */
@Service
@Command(
        scope = "gatepost",
        name = "webhook-send",
        description = "Sends what is pending for a webhook again now, also to one that is stopped",
        detailedDescription = "classpath:webhook-send.txt")
public final class WebhookSendCommand extends AnsweringCommand {

    private static final Logger AUDIT = LoggerFactory.getLogger("gatepost.audit");

    @Argument(name = "name", required = true, description = "The name of the webhook")
    @Completion(WebhookCompleter.class)
    private String name;

    @Option(name = "--user", description = "Only what is pending of this user")
    private String user;

    @Reference
    private Webhooks webhooks;

    @Override
    protected Answer answer() {
        Sender sender = webhooks.named(name)
                .sender()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the configuration of the webhook " + name + " was refused: see gatepost:status"));
        int pending = sender.status().pending();
        sender.sendNow(Optional.ofNullable(user));
        AUDIT.info(
                "event=\"webhook-send\" outcome=\"done\" name={} user={}",
                Printable.quoted(name),
                Printable.quoted(user == null ? "" : user));
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
