package gatepost.authentication.revocation;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.UserName;
import gatepost.authentication.revocation.RevocationIndex.Entry;
import gatepost.contracts.Durability;
import gatepost.contracts.Printable;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.Revocation;
import gatepost.contracts.Revocation.Kind;
import gatepost.contracts.Revocations;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredLedger;
import gatepost.metrics.MetricSource;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is revoked, in memory and in the ledger of the broker's store. Until that is read nobody knows, and whoever asks hears so. What is
 * in memory outlives a restart of the broker, and is written to a store that does not have it. Safe for use by several threads.
 */
public final class StoredRevocations implements Revocations, MetricSource {

    /** The key of the configuration that bounds how many there are. */
    public static final String LIMIT = "revocations.max";

    private static final Logger LOG = LoggerFactory.getLogger(StoredRevocations.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("gatepost.audit");
    private static final long DISK_SECONDS = 20;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RevocationIndex index;
    private final Cut cut;
    private final InstantSource clock;
    private int max;
    private Object store;
    private volatile boolean read;

    /** What comes of a revocation at once. */
    @FunctionalInterface
    public interface Cut {

        /**
         * The index covers these from now on.
         *
         * @return how many sessions end for it
         */
        int end(Collection<Revocation> revoked);
    }

    /**
     * @param index where live sessions are looked up, too
     * @param cut ends those that the index covers
     */
    public StoredRevocations(RevocationIndex index, Cut cut, InstantSource clock) {
        this.index = index;
        this.cut = cut;
        this.clock = clock;
        GaugeWithCallback.builder()
                .name("gatepost_revocations_in_force")
                .help("Revocations of tokens and users that are in force")
                .callback(gauge -> gauge.call(index.size()))
                .register(registry);
    }

    /**
     * @param most so many may be in force
     * @param lifetime for which each is kept
     */
    public synchronized void rules(int most, Duration lifetime) {
        max = most;
        index.keep(lifetime);
    }

    /** @param adapter where the broker that begins keeps what it keeps */
    public synchronized void storeIs(Object adapter) {
        store = adapter;
        read = false;
        try {
            awaitRead();
        } catch (IOException e) {
            LOG.debug("what is revoked is read when somebody asks", e);
        }
    }

    /** @return what of somebody who signs in now was revoked, in words for a client */
    public Optional<String> revoked(Identity identity) throws IOException {
        if (!read) {
            awaitRead();
        }
        return index.covers(identity, clock.instant());
    }

    @Override
    public int revoke(Collection<Revocation> revocations) throws IOException, QuotaReached {
        Instant now = clock.instant();
        List<Revocation> checked = new ArrayList<>();
        for (Revocation one : revocations) {
            checked.add(checked(one, now));
        }
        List<Durability> written = put(checked, now);
        int ended = cut.end(checked);
        checked.forEach(one -> audit("revoke", one));
        awaitDisk(written);
        return ended;
    }

    private synchronized List<Durability> put(List<Revocation> revocations, Instant now)
            throws IOException, QuotaReached {
        awaitRead();
        forgetOld();
        if (index.sizeWith(revocations) > max) {
            throw new QuotaReached(LIMIT, "too many revocations: at most " + max + " may be in force (" + LIMIT + ")");
        }
        List<Durability> written = new ArrayList<>();
        for (Revocation one : revocations) {
            Entry entry = index.put(one, now);
            if (store instanceof StoredLedger ledger) {
                written.add(ledger.record(StoredLedger.REVOCATIONS, RevocationNote.of(entry), true));
            }
        }
        return written;
    }

    @Override
    public boolean undo(Revocation revocation) throws IOException {
        boolean there;
        List<Durability> written = new ArrayList<>();
        synchronized (this) {
            awaitRead();
            there = index.remove(revocation);
            if (there && store instanceof StoredLedger ledger) {
                written.add(forget(ledger, revocation));
            }
        }
        if (there) {
            audit("undo", revocation);
        }
        awaitDisk(written);
        return there;
    }

    private static Durability forget(StoredLedger ledger, Revocation revocation) throws IOException {
        return ledger.record(StoredLedger.REVOCATIONS, new Note(RevocationNote.name(revocation), null), true);
    }

    @Override
    public List<InForce> inForce() throws IOException {
        awaitRead();
        return index.inForce();
    }

    @Override
    public synchronized boolean areDurable() {
        return store instanceof StoredLedger;
    }

    /** Takes out what is over, of the journal, too. */
    public synchronized void forgetOld() {
        try {
            List<Revocation> gone = index.expire();
            if (store instanceof StoredLedger ledger && read) {
                for (Revocation one : gone) {
                    forget(ledger, one);
                }
            }
        } catch (IOException e) {
            // it is found and left out again at the next start
            LOG.debug("revocations that are over stay in the journal for now", e);
        }
    }

    @Override
    public MetricSnapshots scrape() {
        return registry.scrape();
    }

    private synchronized void awaitRead() throws IOException {
        if (read) {
            return;
        }
        if (store == null) {
            throw new IOException("the broker is not running");
        }
        if (store instanceof StoredLedger ledger) {
            Map<String, byte[]> found = ledger.ledger(StoredLedger.REVOCATIONS);
            found.forEach((name, value) -> RevocationNote.read(name, value)
                    .ifPresentOrElse(
                            entry -> index.put(entry.revocation(), entry.since()),
                            () -> LOG.error("the note {} of the ledger is no revocation", Printable.of(name))));
            for (Entry entry : index.all()) {
                if (!found.containsKey(RevocationNote.name(entry.revocation()))) {
                    ledger.record(StoredLedger.REVOCATIONS, RevocationNote.of(entry), true);
                }
            }
        }
        read = true;
    }

    private static Revocation checked(Revocation revocation, Instant now) {
        String name = revocation.name();
        if (revocation.kind() == Kind.TOKEN) {
            if (name.isEmpty() || name.length() > TOKEN_ID_MAX) {
                throw new IllegalArgumentException(
                        "a token id of " + name.length() + " characters: expected 1 to " + TOKEN_ID_MAX);
            }
            return revocation;
        }
        UserName.fault(name).ifPresent(fault -> {
            throw new IllegalArgumentException(Printable.of(name) + ": " + fault);
        });
        if (UserName.isOwn(name) || name.equals(UserName.ANONYMOUS)) {
            throw new IllegalArgumentException(Printable.of(name) + " is one of Gatepost's own accounts");
        }
        return revocation.issuedBefore().isEmpty()
                ? revocation
                : past(name, revocation.issuedBefore().get(), now);
    }

    /** What is issued later is not known yet, and could not be told from what somebody gets after the revocation. */
    private static Revocation past(String user, Instant time, Instant now) {
        if (time.isAfter(now)) {
            throw new IllegalArgumentException("issued before " + time + ": expected a time that is past");
        }
        Instant whole = time.truncatedTo(ChronoUnit.MILLIS);
        return Revocation.issuedBefore(user, whole.equals(time) ? whole : whole.plusMillis(1));
    }

    private static void awaitDisk(List<Durability> written) throws IOException {
        for (Durability one : written) {
            one.await(DISK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void audit(String event, Revocation revocation) {
        AUDIT.info(
                "event=\"{}\" outcome=\"done\" kind=\"{}\" name={} before=\"{}\"",
                event,
                revocation.kind(),
                Printable.quoted(revocation.name()),
                revocation.issuedBefore().map(Instant::toString).orElse(""));
    }
}
