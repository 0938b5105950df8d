package gatepost.authentication.revocation;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.identity.TokenFacts;
import gatepost.contracts.Revocation;
import gatepost.contracts.Revocation.Kind;
import gatepost.contracts.Revocations.InForce;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is revoked, in memory: whoever signs in is looked up in three maps, in which those who are not concerned are not. One that has lasted
 * for as long as it is kept counts no more, whether it was taken out by then or not. Safe for use by several threads.
 */
public final class RevocationIndex {

    /** What is in force of one name. */
    record Entry(Revocation revocation, Instant since) {}

    private record Key(Kind kind, String name) {

        static Key of(Revocation revocation) {
            return new Key(revocation.kind(), revocation.name());
        }
    }

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private volatile Duration kept = Duration.ZERO;

    public RevocationIndex(InstantSource clock) {
        this.clock = clock;
    }

    /** @param lifetime for which each is in force: no token that it concerns lasts longer */
    void keep(Duration lifetime) {
        kept = lifetime;
    }

    /**
     * @param begun when it signed in; now, for one who is about to
     * @return what of it is revoked, in words for a client
     */
    public Optional<String> covers(Identity identity, Instant begun) {
        if (entries.isEmpty() || identity.source() == Source.OWN || identity.source() == Source.ANONYMOUS) {
            return Optional.empty();
        }
        if (find(Kind.USER, identity.user()).isPresent()) {
            return Optional.of("the user");
        }
        boolean revoked = find(Kind.ISSUED_BEFORE, identity.user())
                        .flatMap(entry -> entry.revocation().issuedBefore())
                        .filter(issued(identity, begun)::isBefore)
                        .isPresent()
                || identity.token()
                        .flatMap(TokenFacts::id)
                        .flatMap(id -> find(Kind.TOKEN, id))
                        .isPresent();
        return revoked
                ? Optional.of(identity.source() == Source.TOKEN ? "the token" : "the session")
                : Optional.empty();
    }

    /** When in doubt, long ago. */
    private static Instant issued(Identity identity, Instant begun) {
        return identity.source() == Source.TOKEN
                ? identity.token().flatMap(TokenFacts::issued).orElse(Instant.MIN)
                : begun;
    }

    private Optional<Entry> find(Kind kind, String name) {
        return Optional.ofNullable(entries.get(new Key(kind, name))).filter(entry -> !isOver(entry));
    }

    private boolean isOver(Entry entry) {
        return !clock.instant().isBefore(entry.since().plus(kept));
    }

    /** @return how many there would be with these */
    int sizeWith(Collection<Revocation> more) {
        return entries.size()
                + (int) more.stream()
                        .map(Key::of)
                        .distinct()
                        .filter(key -> !entries.containsKey(key))
                        .count();
    }

    int size() {
        return entries.size();
    }

    /** From now on that is in force, and of two times the later. @return what is */
    Entry put(Revocation revocation, Instant since) {
        return entries.merge(Key.of(revocation), new Entry(revocation, since), RevocationIndex::both);
    }

    private static Entry both(Entry one, Entry other) {
        Entry later = one.since().isAfter(other.since()) ? one : other;
        Comparator<Entry> byTime =
                Comparator.comparing(entry -> entry.revocation().issuedBefore().orElse(Instant.MIN));
        return new Entry((byTime.compare(one, other) > 0 ? one : other).revocation(), later.since());
    }

    /** @return whether it was there */
    boolean remove(Revocation revocation) {
        return entries.remove(Key.of(revocation)) != null;
    }

    boolean contains(Revocation revocation) {
        return entries.containsKey(Key.of(revocation));
    }

    Collection<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** @return those in force, the newest first */
    List<InForce> inForce() {
        List<InForce> all = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (!isOver(entry)) {
                all.add(new InForce(
                        entry.revocation(), entry.since(), entry.since().plus(kept)));
            }
        }
        all.sort(Comparator.comparing(InForce::since)
                .reversed()
                .thenComparing(one -> one.revocation().name())
                .thenComparing(one -> one.revocation().kind()));
        return all;
    }

    /** Takes out what is over; nobody may put anything in meanwhile. @return it */
    List<Revocation> expire() {
        List<Revocation> gone = new ArrayList<>();
        entries.values().removeIf(entry -> isOver(entry) && gone.add(entry.revocation()));
        return gone;
    }
}
