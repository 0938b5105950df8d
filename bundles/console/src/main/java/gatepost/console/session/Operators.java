package gatepost.console.session;

import gatepost.console.Console;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Those who are signed in, each known by a random secret that their browser keeps in a cookie. They are forgotten when the
 * console stops. Safe for use by several threads.
 */
@Component(service = Operators.class)
public final class Operators {

    private static final int SECRET_BYTES = 32;
    private static final int MOST = 1000;

    private final Console console;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** Who it is, in Karaf's realm. */
    record SignedIn(String user, Role role) {}

    private record Session(SignedIn signedIn, Instant since, Instant lastUse) {}

    @Activate
    public Operators(@Reference Console console) {
        this(console, InstantSource.system());
    }

    Operators(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    /** Signs somebody in; whoever was idle for longest makes room. */
    String open(String user, Role role) {
        sessions.values().removeIf(this::isOver);
        if (sessions.size() >= MOST) {
            sessions.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().lastUse()))
                    .ifPresent(entry -> sessions.remove(entry.getKey()));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        sessions.put(id, new Session(new SignedIn(user, role), clock.instant(), clock.instant()));
        return id;
    }

    /** @return whose session it is, when it is not over; it is used now */
    Optional<SignedIn> use(String id) {
        Session used = sessions.computeIfPresent(
                id,
                (same, session) ->
                        isOver(session) ? null : new Session(session.signedIn(), session.since(), clock.instant()));
        return Optional.ofNullable(used).map(Session::signedIn);
    }

    void close(String id) {
        sessions.remove(id);
    }

    private boolean isOver(Session session) {
        Instant now = clock.instant();
        Duration idle = console.settings().sessions().idle();
        Duration longest = console.settings().sessions().max();
        return !now.isBefore(session.lastUse().plus(idle))
                || !now.isBefore(session.since().plus(longest));
    }
}
