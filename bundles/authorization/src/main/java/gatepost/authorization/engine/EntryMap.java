package gatepost.authorization.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entry map, compiled: a trie over the segments of the patterns. Immutable, and safe for use by several threads.
 *
 * <p>The cost of a decision follows the number of segments of the name and the number of the user's groups. A segment that
 * several patterns could match ({@code a}, {@code *}, {@code {user}}) is tried in up to three ways, so that only a map which
 * combines wildcards in many ways over the same segments makes it dearer; the number of entries and users does not.
 */
public final class EntryMap {

    /** The map that denies everything: what is in force while there is none. */
    public static final EntryMap CLOSED = new EntryMap(List.of(), Grants.NOBODY);

    /** The name under which the line for temporary destinations decides. */
    public static final String TEMPORARY = "temporary";

    private final List<Entry> entries;
    private final Grants temporary;
    private final Map<Domain, Node> roots = new EnumMap<>(Domain.class);

    /**
     * @param entries in any order; where several allow the same, the most specific pattern decides, then the first name
     * @param temporary who may do what with temporary destinations
     */
    public EntryMap(Collection<Entry> entries, Grants temporary) {
        this.entries =
                entries.stream().sorted(Comparator.comparing(Entry::name)).toList();
        this.temporary = Objects.requireNonNull(temporary);
        for (Domain domain : Domain.values()) {
            roots.put(domain, new Node());
        }
        for (Entry entry : this.entries) {
            roots.get(entry.pattern().domain()).add(entry.pattern().segments(), entry);
        }
    }

    /** @return all entries, ordered by name */
    public List<Entry> entries() {
        return entries;
    }

    /** @return who may do what with temporary destinations */
    public Grants temporary() {
        return temporary;
    }

    /** @return all groups that may do something; {@value Grants#ANYONE} is none */
    public Set<String> groups() {
        return Stream.concat(entries.stream().map(Entry::grants), Stream.of(temporary))
                .flatMap(grants -> Stream.of(Operation.values()).map(grants::groups))
                .flatMap(Set::stream)
                .filter(group -> !group.equals(Grants.ANYONE))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether the user may. A name with wildcards is allowed to be read and administered only where one entry allows
     * everything that it could match, and never to be written.
     */
    public Decision decide(User user, Operation operation, Destination destination) {
        String name = destination.name();
        NameShape shape = NameShape.of(name);
        if (shape == NameShape.MALFORMED) {
            return Decision.MALFORMED;
        }
        if (shape == NameShape.WILDCARD && operation == Operation.WRITE) {
            return Decision.SEND_TO_WILDCARD;
        }
        Decision allowed = roots.get(destination.domain()).find(user, operation, name, 0);
        if (allowed != null) {
            return allowed;
        }
        return shape == NameShape.WILDCARD ? Decision.NO_COVERING_ENTRY : Decision.NO_ENTRY;
    }

    /** Whether the user may do this with temporary destinations at all; whose they are is for the caller to check. */
    public Decision decideTemporary(User user, Operation operation) {
        return temporary.allow(user, operation) ? Decision.allowedBy(TEMPORARY) : Decision.NO_ENTRY;
    }
}
