package gatepost.inbox;

import gatepost.contracts.AudienceMembers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.activemq.command.ActiveMQQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The audiences of the running broker whose members are kept, for whoever says who these are. One that has no member does not exist. Any
 * thread; what changes members returns when that is on the disk.
 */
@Component(service = {Audiences.class, AudienceMembers.class})
public final class Audiences implements AudienceMembers {

    /** Longer than any name that a user has, and short enough for many. */
    private static final int NAME_MAX = 250;

    private static final String PLAIN =
            "of 1 to " + NAME_MAX + " characters, without spaces, commas, question marks and wildcards";

    private final InboxService inboxes;
    private final BrokerInboxes broker;

    @Activate
    public Audiences(@Reference InboxService inboxes, @Reference InboxPlugin plugin) {
        this.inboxes = inboxes;
        this.broker = new BrokerInboxes(plugin);
    }

    /** What is done with an audience while it is loaded. */
    @FunctionalInterface
    private interface Action<T> {

        T on(Audience audience) throws Exception;
    }

    /** @return how many members each has, by their names */
    public Map<String, Integer> sizes() throws Exception {
        Map<String, Integer> sizes = new TreeMap<>();
        for (String name : names()) {
            int size = with(queue(name), audience -> audience.members().size());
            if (size > 0) {
                sizes.put(name, size);
            }
        }
        return sizes;
    }

    /** @return the names of those that the broker or the store knows, in order; one or the other may have no member */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        broker.names().keySet().forEach(queue -> inboxes.audienceOf(queue).ifPresent(names::add));
        return names;
    }

    /**
     * @return its members, in order
     * @throws IllegalArgumentException when there is no such audience
     */
    public Set<String> members(String name) throws Exception {
        Set<String> members = new TreeSet<>();
        with(existing(name), audience -> {
            audience.members().forEach(members::add);
            return members;
        });
        if (members.isEmpty()) {
            throw missing(name);
        }
        return members;
    }

    @Override
    public List<String> members(String name, String after, int limit) throws Exception {
        ActiveMQQueue queue = queue(name);
        if (broker.find(queue) == null) {
            return List.of();
        }
        TreeSet<String> first = new TreeSet<>();
        with(queue, audience -> {
            audience.members().forEach(member -> {
                if (member.compareTo(after) > 0) {
                    first.add(member);
                    if (first.size() > limit) {
                        first.pollLast();
                    }
                }
            });
            return first;
        });
        return List.copyOf(first);
    }

    /** @return the names of those that a user is a member of */
    @Override
    public Set<String> of(String user) throws Exception {
        Set<String> joined = new TreeSet<>();
        for (String name : names()) {
            if (with(queue(name), audience -> audience.members().contains(user))) {
                joined.add(name);
            }
        }
        return joined;
    }

    /**
     * Makes users members, and the audience where there is none, all or none of them.
     *
     * @return how many were none before
     * @throws IllegalArgumentException for a name that no audience, or no user with an inbox, can have; then nothing has changed
     */
    @Override
    public int add(String name, Collection<String> users) throws Exception {
        ActiveMQQueue queue = queue(name);
        users.forEach(this::requireUser);
        return with(queue, audience -> audience.members().add(users));
    }

    /**
     * Takes users out, and forgets the audience when none is left.
     *
     * @return how many were members
     * @throws IllegalArgumentException when there is no such audience
     */
    @Override
    public int remove(String name, Collection<String> users) throws Exception {
        return leave(name, audience -> audience.members().remove(users));
    }

    /** As {@link #remove}, all of them. */
    public int removeAll(String name) throws Exception {
        return leave(name, audience -> audience.members().removeAll());
    }

    private int leave(String name, Action<Integer> leaving) throws Exception {
        ActiveMQQueue queue = existing(name);
        int left = with(queue, audience -> {
            int members = leaving.on(audience);
            if (audience.members().size() == 0) {
                audience.vacated();
            }
            return members;
        });
        if (broker.find(queue) instanceof Audience audience
                && audience.members().size() == 0) {
            audience.room().forget(audience);
        }
        return left;
    }

    private void requireUser(String user) {
        if (!isPlain(user) || inboxes.inboxOf(user).isEmpty()) {
            throw new IllegalArgumentException("there can be no inbox of '" + user + "': expected a name " + PLAIN);
        }
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && name.length() <= NAME_MAX
                && name.chars().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
    }

    private ActiveMQQueue queue(String name) {
        if (!inboxes.hasAudiences()) {
            throw new IllegalArgumentException(
                    "there are no audiences: audience.names in etc/gatepost.inbox.cfg says which queues are");
        }
        Optional<ActiveMQQueue> queue = isPlain(name) ? inboxes.audience(name) : Optional.empty();
        return queue.orElseThrow(() ->
                new IllegalArgumentException("there can be no audience '" + name + "': expected a name " + PLAIN));
    }

    /** One that nobody knows is not made for looking. */
    private ActiveMQQueue existing(String name) {
        ActiveMQQueue queue = queue(name);
        if (broker.find(queue) == null) {
            throw missing(name);
        }
        return queue;
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("there is no audience " + name);
    }

    private <T> T with(ActiveMQQueue queue, Action<T> action) throws Exception {
        List<T> result = new ArrayList<>(1);
        boolean done = BrokerInboxes.await(() -> {
            if (broker.make(queue) instanceof Audience audience) {
                audience.whileLoaded(() -> action.on(audience)).ifPresent(result::add);
            }
            return !result.isEmpty();
        });
        if (!done) {
            throw new IllegalStateException(queue.getPhysicalName() + " could not be loaded: try again");
        }
        return result.get(0);
    }
}
