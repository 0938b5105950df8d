package gatepost.transport.channel;

import gatepost.transport.connector.Admittance;
import gatepost.transport.connector.LimitReached;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts the connections of one connector: all, and those that have not signed in, which have a share of their own, in all and by
 * address. So nobody keeps others out with connections that never sign in, and an office whose people all come from one address and
 * sign in is no attack. Safe for use by several threads.
 */
final class Admission {

    /** Refused connections that are told why at the same time; more are closed without a word, for they cost memory too. */
    private static final int EXPLAINED = 256;
    /** Whoever has not signed in for so long may have to make room for others, nanoseconds: after a restart all come at once. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    /** One connection. Belongs to the admission, which changes it under its lock. */
    static final class Visitor {

        private enum Place {
            NOWHERE,
            ANONYMOUS,
            SIGNED_IN,
            REFUSED
        }

        private final InetAddress address;
        private final Runnable expel;
        private Place place = Place.NOWHERE;
        /** What its address counts under, or {@code null} for one that has no limit. */
        private Object site;

        private long since;

        /** @param expel has it leave, to make room; called under the admission's lock */
        Visitor(InetAddress address, Runnable expel) {
            this.address = address;
            this.expel = expel;
        }
    }

    private final LongSupplier clock;
    private final Map<Object, Integer> sites = new HashMap<>();
    /** Those that have not signed in, the oldest first. */
    private final Set<Visitor> anonymous = new LinkedHashSet<>();

    private int signedIn;
    private int refused;

    Admission() {
        this(System::nanoTime);
    }

    Admission(LongSupplier clock) {
        this.clock = clock;
    }

    /** @return why the connection is refused, or nothing; call {@link #leave} for it in any case */
    synchronized Optional<LimitReached> enter(Visitor visitor, Admittance limits) {
        // a refused connection takes nobody's place while it reads why: an address that tries again at once would never
        // get in
        visitor.place = Visitor.Place.REFUSED;
        visitor.since = clock.getAsLong();
        Object site = limits.perAddress() == 0 ? null : site(visitor.address, limits);
        if (site != null && sites.getOrDefault(site, 0) >= limits.perAddress()) {
            return reached(
                    "connections.per.address",
                    "one address may have " + limits.perAddress() + " that have not signed in");
        }
        if (anonymous.size() + signedIn >= limits.connections() && !makeRoom(visitor)) {
            return reached("connections.max", "this connector takes " + limits.connections());
        }
        if (anonymous.size() >= limits.anonymous() && !makeRoom(visitor)) {
            return reached(
                    "connections.anonymous.max",
                    "this connector takes " + limits.anonymous() + " that have not signed in");
        }
        visitor.place = Visitor.Place.ANONYMOUS;
        visitor.site = site;
        anonymous.add(visitor);
        if (site != null) {
            sites.merge(site, 1, Integer::sum);
        }
        return Optional.empty();
    }

    /** It counts no longer with those that are nobody yet. */
    synchronized void signedIn(Visitor visitor) {
        if (visitor.place == Visitor.Place.NOWHERE) {
            return; // it has left meanwhile
        }
        remove(visitor);
        visitor.place = Visitor.Place.SIGNED_IN;
        signedIn++;
    }

    /** @return whether the refusal may be explained, rather than the connection just closed */
    synchronized boolean refuse() {
        return ++refused <= EXPLAINED;
    }

    /** @param wasRefused whether {@link #refuse} was asked for it */
    synchronized void leave(Visitor visitor, boolean wasRefused) {
        remove(visitor);
        visitor.place = Visitor.Place.NOWHERE;
        if (wasRefused) {
            refused--;
        }
    }

    private static Optional<LimitReached> reached(String key, String what) {
        return Optional.of(new LimitReached(key, "too many connections: " + what));
    }

    /** Has the one leave that has not signed in for longest, had it time to. */
    private boolean makeRoom(Visitor comer) {
        Iterator<Visitor> oldest = anonymous.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        Visitor visitor = oldest.next();
        if (comer.since - visitor.since < PATIENCE) {
            return false;
        }
        remove(visitor);
        visitor.place = Visitor.Place.REFUSED;
        visitor.expel.run();
        return true;
    }

    private void remove(Visitor visitor) {
        if (visitor.place == Visitor.Place.SIGNED_IN) {
            signedIn--;
        } else if (visitor.place == Visitor.Place.ANONYMOUS) {
            anonymous.remove(visitor);
            if (visitor.site != null) {
                sites.computeIfPresent(visitor.site, (any, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** Whoever holds one IPv6 address commonly holds the 2^64 of its network, so these count as one. */
    private static Object site(InetAddress address, Admittance limits) {
        if (address.isLoopbackAddress() || limits.proxies().contains(address)) {
            return null;
        }
        return address instanceof Inet6Address
                ? (Object) ByteBuffer.wrap(address.getAddress()).getLong()
                : address;
    }
}
