package gatepost.console.people;

import gatepost.contracts.Presence;
import gatepost.contracts.SessionList;
import gatepost.contracts.UserGroups;
import gatepost.metrics.view.InboxView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Who is known: those who have an inbox, who stand in the users file, and who are signed in. A part that is not installed knows nobody. Any
 * thread.
 */
@Component(service = KnownPeople.class)
public final class KnownPeople {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile InboxView inboxes;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile UserGroups groups;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile SessionList sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Presence presence;

    /** @param since when that began, milliseconds since 1970; {@code null} where it is not known */
    record Person(String user, boolean online, Long since) {}

    /** @param next the name behind which the next page begins; empty for the last one */
    record Found(List<Person> users, int matching, String next) {}

    /**
     * @param search a part of the name, in any case
     * @param after the name behind which it begins; empty for the first
     * @param limit at most so many
     */
    Found find(String search, String after, int limit) {
        String part = search.toLowerCase(Locale.ROOT);
        NavigableSet<String> names = names();
        names.removeIf(name -> !name.toLowerCase(Locale.ROOT).contains(part));
        List<Person> page = new ArrayList<>();
        NavigableSet<String> rest = after.isEmpty() ? names : names.tailSet(after, false);
        rest.stream().limit(limit).forEach(name -> page.add(person(name)));
        boolean more = rest.size() > limit;
        return new Found(page, names.size(), more ? page.get(page.size() - 1).user() : "");
    }

    Person person(String name) {
        Optional<Presence.State> state = Optional.ofNullable(presence).flatMap(known -> known.of(name));
        Long since = state.filter(found -> found.since().isPresent())
                .map(found -> found.since().getAsLong())
                .orElse(null);
        return new Person(name, state.filter(Presence.State::online).isPresent(), since);
    }

    private NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>();
        InboxView view = inboxes;
        UserGroups listed = groups;
        SessionList open = sessions;
        if (view != null) {
            names.addAll(view.users());
        }
        if (listed != null) {
            names.addAll(listed.listed().users());
        }
        if (open != null) {
            open.all().forEach(session -> names.add(session.user()));
        }
        // Gatepost's own accounts, and those of operators, are no users
        names.removeIf(name -> name.startsWith("gatepost-"));
        return names;
    }
}
