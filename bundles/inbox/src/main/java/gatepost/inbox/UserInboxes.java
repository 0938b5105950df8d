package gatepost.inbox;

import gatepost.contracts.UserErasure;
import gatepost.contracts.UserSessions;
import gatepost.inbox.InboxService.Whose;
import gatepost.metrics.view.InboxView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The inboxes of the running broker, for operators. One that is in the store only is loaded to be looked at; one that nobody knows is
 * not made. Any thread.
 */
@Component(service = {UserInboxes.class, UserErasure.class, InboxView.class})
public final class UserInboxes implements UserErasure, InboxView {

    private final InboxService inboxes;
    private final BrokerInboxes broker;
    private final Audiences audiences;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile UserSessions sessions;

    @Activate
    public UserInboxes(@Reference InboxService inboxes, @Reference InboxPlugin plugin, @Reference Audiences audiences) {
        this.inboxes = inboxes;
        this.audiences = audiences;
        this.broker = new BrokerInboxes(plugin);
    }

    /**
     * Some of the inboxes that were asked for.
     *
     * @param inboxes those that were looked at, by the names of their users
     * @param matching how many there are
     */
    public record Selection(List<InboxReport> inboxes, int matching) {}

    /**
     * What was made done.
     *
     * @param done offsets that were waiting
     * @param others of those that were asked for, the ones that were not
     */
    public record Settled(List<Long> done, List<Long> others) {}

    /**
     * What goes, or has gone, with a user.
     *
     * @param inboxes as they are before
     * @param sessions that are, or were, open; nothing where nobody could be asked to close them
     * @param left the queues of those that are empty now, and stay since somebody else has them open
     * @param audiences that they are, or were, a member of
     */
    public record Erasure(List<InboxReport> inboxes, OptionalInt sessions, List<String> left, Set<String> audiences) {}

    /** @param loaded whether it was so before anybody looked */
    private record Known(Whose whose, ActiveMQQueue queue, boolean loaded) {}

    /** What is done with an inbox while it is loaded. */
    @FunctionalInterface
    private interface Action<T> {

        T on(InboxDesk desk) throws Exception;
    }

    /** @return those that are in memory */
    List<Inbox> loaded() {
        return broker.loaded();
    }

    /**
     * @param pattern the users' names; {@code *} stands for any number of characters
     * @param limit look at so many of them
     */
    public Selection list(String pattern, int limit) throws Exception {
        Pattern names = Pattern.compile(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
        Map<String, Known> matching = new TreeMap<>();
        for (Known known : all()) {
            if (names.matcher(known.whose().user()).matches()) {
                matching.put(known.whose().user() + " " + known.whose().kind(), known);
            }
        }
        List<InboxReport> reports = new ArrayList<>();
        for (Known known : matching.values().stream().limit(limit).toList()) {
            report(known).ifPresent(reports::add);
        }
        return new Selection(reports, matching.size());
    }

    @Override
    public Set<String> users() {
        return all().stream().map(known -> known.whose().user()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<InboxRow> of(String user) throws Exception {
        List<InboxRow> rows = new ArrayList<>();
        for (Known known : own(user)) {
            report(known).map(InboxReport::row).ifPresent(rows::add);
        }
        return rows;
    }

    /** @return the names of all kinds of inboxes that there are */
    public Set<String> kinds() {
        return inboxes.kinds();
    }

    /**
     * @param kind which of the user's inboxes; nothing for the only one
     * @throws IllegalArgumentException when there is no such inbox; says what was expected
     */
    public InboxReport show(String user, Optional<String> kind) throws Exception {
        Known known = named(user, kind);
        return report(known).orElseThrow(() -> missing(known.whose()));
    }

    /** Makes messages done, as if their owner had acknowledged them; returns when that is on the disk. */
    public Settled done(String user, Optional<String> kind, Collection<Long> offsets) throws Exception {
        List<Long> done = with(named(user, kind), desk -> desk.done(offsets));
        return new Settled(
                done, offsets.stream().filter(offset -> !done.contains(offset)).toList());
    }

    /** As {@link #done}, all up to that offset. */
    public Settled doneUpTo(String user, Optional<String> kind, long offset) throws Exception {
        return new Settled(with(named(user, kind), desk -> desk.doneUpTo(offset)), List.of());
    }

    /** As {@link #done}, all that wait. */
    public Settled doneAll(String user, Optional<String> kind) throws Exception {
        return new Settled(with(named(user, kind), InboxDesk::doneAll), List.of());
    }

    /** Drops all that is in an inbox. @return how it was before */
    public InboxReport purge(String user, Optional<String> kind) throws Exception {
        Known known = named(user, kind);
        return with(known, desk -> {
            InboxReport before = desk.report(known.whose(), known.loaded());
            desk.purge();
            return before;
        });
    }

    /**
     * @return what {@link #erase} would take
     * @throws IllegalArgumentException when nothing is known of them
     */
    public Erasure remembered(String user) throws Exception {
        List<InboxReport> found = new ArrayList<>();
        Set<String> joined = audiences.of(user);
        for (Known known : requireAny(user, own(user), joined)) {
            report(known).ifPresent(found::add);
        }
        UserSessions open = sessions;
        OptionalInt count = open == null ? OptionalInt.empty() : OptionalInt.of(open.count(user));
        return new Erasure(found, count, List.of(), joined);
    }

    @Override
    public void eraseUser(String user) throws Exception {
        erase(user, own(user), audiences.of(user));
    }

    /**
     * Closes a user's sessions, and forgets all of their inboxes with everything that is remembered of them, and where they are a member.
     *
     * @throws IllegalArgumentException when nothing is known of them
     */
    public Erasure erase(String user) throws Exception {
        Set<String> joined = audiences.of(user);
        return erase(user, requireAny(user, own(user), joined), joined);
    }

    private Erasure erase(String user, List<Known> own, Set<String> joined) throws Exception {
        // before the inboxes: what is sent there must not make a new one
        for (String audience : joined) {
            audiences.remove(audience, List.of(user));
        }
        UserSessions open = sessions;
        OptionalInt closed = open == null ? OptionalInt.empty() : OptionalInt.of(open.close(user));
        List<InboxReport> taken = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Known known : own) {
            awaitWithout(user, known.queue());
            taken.add(with(known, desk -> {
                InboxReport before = desk.report(known.whose(), known.loaded());
                desk.erase();
                return before;
            }));
            if (broker.find(known.queue()) instanceof Inbox inbox
                    && !inbox.room().forget(inbox)) {
                left.add(known.queue().getPhysicalName());
            }
        }
        return new Erasure(taken, closed, left, joined);
    }

    /** A session that was closed may take a moment to go, and one that comes back at once never does. */
    private void awaitWithout(String user, ActiveMQQueue queue) throws Exception {
        BrokerInboxes.await(() -> !(broker.find(queue) instanceof Inbox inbox)
                || inbox.getConsumers().stream()
                        .noneMatch(reader ->
                                InboxReader.account(reader.getContext()).equals(user)));
    }

    private static List<Known> requireAny(String user, List<Known> own, Set<String> joined) {
        if (own.isEmpty() && joined.isEmpty()) {
            throw new IllegalArgumentException("there is no inbox of " + user);
        }
        return own;
    }

    private List<Known> own(String user) {
        List<Known> own = new ArrayList<>();
        for (String kind : inboxes.kinds()) {
            Whose whose = new Whose(user, kind);
            inboxes.inbox(user, Optional.of(kind))
                    .flatMap(queue -> known(whose, queue))
                    .ifPresent(own::add);
        }
        return own;
    }

    private Known named(String user, Optional<String> kind) {
        Set<String> kinds = inboxes.kinds();
        if (kinds.isEmpty()) {
            throw new IllegalStateException("no queue is an inbox: etc/gatepost.inbox.cfg says which are");
        }
        if (kind.isEmpty() && kinds.size() > 1) {
            throw new IllegalArgumentException("a user has several inboxes: expected --inbox and one of " + kinds);
        }
        String which = kind.orElseGet(() -> kinds.iterator().next());
        if (!kinds.contains(which)) {
            throw new IllegalArgumentException("--inbox " + which + ": expected one of " + kinds);
        }
        Whose whose = new Whose(user, which);
        return inboxes.inbox(user, Optional.of(which))
                .flatMap(queue -> known(whose, queue))
                .orElseThrow(() -> missing(whose));
    }

    private Optional<Known> known(Whose whose, ActiveMQQueue queue) {
        boolean loaded = broker.isLoaded(queue);
        return broker.find(queue) == null ? Optional.empty() : Optional.of(new Known(whose, queue, loaded));
    }

    private IllegalArgumentException missing(Whose whose) {
        String which = inboxes.kinds().size() > 1 ? " called " + whose.kind() : "";
        return new IllegalArgumentException("there is no inbox" + which + " of " + whose.user());
    }

    private List<Known> all() {
        List<Known> all = new ArrayList<>();
        broker.names().forEach((name, loaded) -> {
            if (inboxes.isInbox(name)) {
                inboxes.whose(name.getPhysicalName())
                        .ifPresent(whose -> all.add(new Known(whose, (ActiveMQQueue) name, loaded)));
            }
        });
        return all;
    }

    /** @return nothing when it has gone meanwhile */
    private Optional<InboxReport> report(Known known) throws Exception {
        return broker.find(known.queue()) == null
                ? Optional.empty()
                : Optional.of(with(known, desk -> desk.report(known.whose(), known.loaded())));
    }

    private <T> T with(Known known, Action<T> action) throws Exception {
        List<T> result = new ArrayList<>(1);
        boolean done = BrokerInboxes.await(() -> {
            if (broker.find(known.queue()) instanceof Inbox inbox) {
                inbox.whileLoaded(() -> action.on(new InboxDesk(inbox))).ifPresent(result::add);
            }
            return !result.isEmpty();
        });
        if (!done) {
            throw new IllegalStateException("the inbox of " + known.whose().user() + " could not be loaded: try again");
        }
        return result.get(0);
    }
}
