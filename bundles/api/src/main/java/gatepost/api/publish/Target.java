package gatepost.api.publish;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.api.inbox.Inboxes;
import gatepost.api.request.Fields;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.command.ActiveMQQueue;

/**
 * A queue that a message goes to.
 *
 * @param user whose inbox it is; nothing for what goes to many
 */
record Target(Optional<String> user, ActiveMQQueue queue) {

    private static final Set<String> MEMBERS = Set.of("users", "audience", "everyone", "online", "inbox");

    /** @return where a message goes, each once */
    static List<Target> of(Fields message, Inboxes inboxes) throws CallRefused {
        Optional<JsonNode> node = message.node("to");
        if (node.isEmpty()) {
            throw new CallRefused(
                    Reason.UNUSABLE,
                    message.at("to") + " is missing: expected an object with users, audience, everyone or online",
                    message.at("to"));
        }
        Fields to = Fields.of(node.get(), message.at("to")).requireKnown(MEMBERS);
        Optional<JsonNode> users = to.node("users");
        Optional<String> audience = to.text("audience");
        boolean everyone = to.flag("everyone").orElse(false);
        boolean online = to.flag("online").orElse(false);
        int kinds =
                (users.isPresent() ? 1 : 0) + (audience.isPresent() ? 1 : 0) + (everyone ? 1 : 0) + (online ? 1 : 0);
        if (kinds != 1) {
            throw Fields.bad(message.at("to"), node.get(), "one of users, audience, everyone and online");
        }
        if (users.isPresent()) {
            return users(to, inboxes);
        }
        Optional<JsonNode> inbox = to.node("inbox");
        if (inbox.isPresent()) {
            throw Fields.bad(to.at("inbox"), inbox.get(), "none, since it says which inbox of users");
        }
        ActiveMQQueue queue = audience.isPresent()
                ? inboxes.audience(audience.get(), to.at("audience"))
                : everyone ? inboxes.everyone() : inboxes.online();
        return List.of(new Target(Optional.empty(), queue));
    }

    private static List<Target> users(Fields to, Inboxes inboxes) throws CallRefused {
        Set<String> names = to.names("users", Integer.MAX_VALUE, "an array of names");
        Optional<String> kind = to.text("inbox");
        List<Target> targets = new ArrayList<>();
        for (String name : names) {
            targets.add(new Target(Optional.of(name), inboxes.inbox(name, kind, to.at("users"))));
        }
        return targets;
    }
}
