package gatepost.api;

import gatepost.contracts.InboxNames;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.activemq.command.ActiveMQQueue;

/** Each user has an inbox of each kind, {@code KIND.USER}; names with a comma can be nobody's. */
public final class NamedInboxes implements InboxNames {

    private final Set<String> kinds;

    public NamedInboxes(String... kinds) {
        this.kinds = new TreeSet<>(Set.of(kinds));
    }

    @Override
    public Set<String> kinds() {
        return kinds;
    }

    @Override
    public Optional<ActiveMQQueue> inbox(String user, Optional<String> kind) {
        Optional<String> only = kinds.size() == 1 ? kinds.stream().findFirst() : Optional.empty();
        return kind.or(() -> only)
                .filter(found -> kinds.contains(found) && !user.contains(","))
                .map(found -> new ActiveMQQueue(found + "." + user));
    }

    @Override
    public boolean isInbox(String queue) {
        return kinds.stream().anyMatch(kind -> queue.startsWith(kind + "."));
    }

    @Override
    public boolean isToMany(String queue) {
        return !isInbox(queue);
    }

    @Override
    public Optional<ActiveMQQueue> audience(String name) {
        return Optional.of(name).filter(text -> !text.contains(",")).map(text -> new ActiveMQQueue("audience." + text));
    }

    @Override
    public Optional<ActiveMQQueue> everyone() {
        return Optional.of(new ActiveMQQueue("everyone"));
    }

    @Override
    public Optional<ActiveMQQueue> online() {
        return Optional.empty();
    }
}
