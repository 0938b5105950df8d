package gatepost.authorization.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One place in the trie of patterns. Built by one thread, then only read. */
final class Node {

    private final Map<String, Node> plain = new HashMap<>();
    private Node any;
    private Node user;
    /** Entries whose pattern ends here, and those whose pattern goes on with {@code >}. */
    private final Offers end = new Offers();

    private final Offers rest = new Offers();

    void add(List<String> segments, Entry entry) {
        if (segments.isEmpty()) {
            end.add(entry);
            return;
        }
        String segment = segments.get(0);
        if (segment.equals(DestinationPattern.REST)) {
            rest.add(entry);
            return;
        }
        child(segment).add(segments.subList(1, segments.size()), entry);
    }

    private Node child(String segment) {
        if (segment.equals(DestinationPattern.ANY)) {
            any = any == null ? new Node() : any;
            return any;
        }
        if (segment.equals(DestinationPattern.USER)) {
            user = user == null ? new Node() : user;
            return user;
        }
        return plain.computeIfAbsent(segment, unused -> new Node());
    }

    /**
     * Looks for an entry below this place, the most specific first.
     *
     * <p>The name may itself be a pattern. Its {@code *} and {@code >} are then segments like any other, and only an entry's
     * own wildcard covers them: {@code *} covers any segment but {@code >}, and {@code >} covers whatever is left. That is
     * exactly containment, as names are not limited to those that entries mention.
     *
     * @param at where the next segment of the name begins; beyond the name's end once all are used up
     * @return the entry that allows it, or {@code null}
     */
    Decision find(User who, Operation operation, String name, int at) {
        Decision found = null;
        if (at > name.length()) {
            found = end.decide(who, operation);
        } else {
            int dot = name.indexOf('.', at);
            int stop = dot < 0 ? name.length() : dot;
            // asked for every message: the name of a user is not copied where nothing is called so
            Node next = plain.isEmpty() ? null : plain.get(name.substring(at, stop));
            if (next != null) {
                found = next.find(who, operation, name, stop + 1);
            }
            if (found == null && user != null && who.placeable()) {
                found = findUser(who, operation, name, at);
            }
            if (found == null && any != null && !isRest(name, at, stop)) {
                found = any.find(who, operation, name, stop + 1);
            }
        }
        return found == null ? rest.decide(who, operation) : found;
    }

    private static boolean isRest(String name, int at, int stop) {
        return stop - at == DestinationPattern.REST.length() && name.startsWith(DestinationPattern.REST, at);
    }

    /** A user's name with dots takes up as many segments as it has, and ends where a segment ends. */
    private Decision findUser(User who, Operation operation, String name, int at) {
        int stop = at + who.name().length();
        boolean named = name.startsWith(who.name(), at) && (stop == name.length() || name.charAt(stop) == '.');
        return named ? user.find(who, operation, name, stop + 1) : null;
    }
}
