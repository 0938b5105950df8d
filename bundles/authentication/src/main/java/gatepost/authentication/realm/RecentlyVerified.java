package gatepost.authentication.realm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were found right within the last minute, so that all of an application's processes, calls that come each over a
 * connection of its own, and everybody who comes back at once need not have the same hash computed, or the same directory asked, again.
 * It holds no passwords: only a code of the last right one of each user (HMAC-SHA-256) under a key that never leaves this object. What
 * the password was compared with is a part of the code, so that a changed one is checked at once. Safe for use by several threads.
 */
final class RecentlyVerified {

    private static final int LIMIT = 10_000;
    private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final LongSupplier nanos;
    private final Map<String, Right> users = new LinkedHashMap<>(16, 0.75f, false) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Right> eldest) {
            return size() > LIMIT;
        }
    };
    private long forgotten;

    /** A password that was right. */
    private record Right(byte[] code, Set<String> groups, long until) {}

    /** @param nanos a clock that never goes back */
    RecentlyVerified(LongSupplier nanos) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
        this.nanos = nanos;
    }

    /**
     * @param against what the password would be compared with
     * @return the groups that were given with this very password; nothing when it has to be checked
     */
    Optional<Set<String>> groups(String user, String password, String against) {
        byte[] code = code(user, password, against);
        synchronized (users) {
            Right right = users.get(user);
            if (right != null && right.until() - nanos.getAsLong() <= 0) {
                users.remove(user);
                return Optional.empty();
            }
            return right != null && MessageDigest.isEqual(right.code(), code)
                    ? Optional.of(right.groups())
                    : Optional.empty();
        }
    }

    /** @return the moment in which a check begins, for {@link #add} */
    long begin() {
        synchronized (users) {
            return forgotten;
        }
    }

    /**
     * A password is right.
     *
     * @param begun when its check began: what was to be forgotten meanwhile is not remembered after all
     */
    void add(String user, String password, String against, Set<String> groups, long begun) {
        byte[] code = code(user, password, against);
        synchronized (users) {
            if (begun == forgotten) {
                users.remove(user); // the youngest is last
                users.put(user, new Right(code, Set.copyOf(groups), nanos.getAsLong() + MEMORY_NANOS));
            }
        }
    }

    /** Has the password of a user checked the next time, also one whose check is under way. */
    void forget(String user) {
        synchronized (users) {
            forgotten++;
            users.remove(user);
        }
    }

    private byte[] code(String user, String password, String against) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : new String[] {user, password, against}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
