package gatepost.transport.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The one owner of a connection's phase. Any thread. */
final class Lifecycle {

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPENING);

    boolean is(Phase asked) {
        return phase.get() == asked;
    }

    /** The broker has taken the connection; one that had ended stays so. */
    void open() {
        phase.compareAndSet(Phase.OPENING, Phase.ANONYMOUS);
    }

    /** @return false when the connection ended meanwhile */
    boolean signIn() {
        return phase.compareAndSet(Phase.ANONYMOUS, Phase.SIGNED_IN);
    }

    /** @return how far it had come, for the one who ends it; nothing for all others */
    Optional<Phase> end() {
        Phase before = phase.getAndSet(Phase.ENDED);
        return before == Phase.ENDED ? Optional.empty() : Optional.of(before);
    }
}
