package gatepost.contracts;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The service that revokes tokens and users: authentication's. What is revoked is refused at sign-in and at a refresh, and live sessions that
 * it concerns are cut within a second, each with an ERROR that says so. A revocation is kept until every token that it concerns has ended:
 * {@code token.lifetime.max} and {@code token.clock.skew} after it was made. Any thread; what changes something waits for the disk, some
 * milliseconds, and so must not be called by an event loop.
 */
public interface Revocations {

    /**
     * One that is in force.
     *
     * @param since when it was made last
     * @param until when it is forgotten by itself
     */
    record InForce(Revocation revocation, Instant since, Instant until) {}

    /**
     * Revokes all of these, or none. Cuts the sessions that they concern, and returns when the revocations are on the disk. One that is there
     * already lasts anew from now on; of two times of one user the later counts.
     *
     * @return how many sessions were cut by it
     * @throws IllegalArgumentException for a name that no user can have or that is one of Gatepost's own accounts, a token id that is empty or
     *     longer than {@value #TOKEN_ID_MAX} characters, or a time that is not past; says which, and nothing is revoked
     * @throws QuotaReached when more would be in force than {@code revocations.max} of PID {@code gatepost.authentication}; nothing is revoked
     * @throws IOException while the journal is not read, and then nothing is revoked; or when it could not be written: then they are in force
     *     until the process ends, and it should be tried again
     */
    int revoke(Collection<Revocation> revocations) throws IOException, QuotaReached;

    /**
     * Takes a revocation back, and returns when that is on the disk. Of {@link Revocation.Kind#ISSUED_BEFORE} the time does not matter.
     *
     * @return whether there was one
     * @throws IOException as with {@link #revoke}
     */
    boolean undo(Revocation revocation) throws IOException;

    /**
     * @return those in force, the newest first
     * @throws IOException while the journal is not read
     */
    List<InForce> inForce() throws IOException;

    /** @return whether they outlast the process: not where the broker keeps nothing ({@code store = memory}), or is not running */
    boolean areDurable();

    /** The longest {@code jti} that can be revoked, in characters. */
    int TOKEN_ID_MAX = 300;
}
