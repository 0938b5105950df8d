package gatepost.authentication.realm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were found right within the last minute, so that all of an application's processes, and everybody who comes back
 * at once, need not have the same hash computed again. It holds no passwords: only codes of them (HMAC-SHA-256) under a key that
 * never leaves this object. The stored form is a part of the code, so that a changed one is checked at once. Safe for use by several
 * threads.
 */
final class RecentlyVerified {

    private static final int LIMIT = 10_000;
    private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final LongSupplier nanos;
    private final Map<ByteBuffer, Long> until = new LinkedHashMap<>(16, 0.75f, false) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Long> eldest) {
            return size() > LIMIT;
        }
    };

    /** @param nanos a clock that never goes back */
    RecentlyVerified(LongSupplier nanos) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
        this.nanos = nanos;
    }

    boolean contains(String user, String password, StoredPassword stored) {
        ByteBuffer code = code(user, password, stored);
        synchronized (until) {
            Long end = until.get(code);
            if (end != null && end - nanos.getAsLong() <= 0) {
                until.remove(code);
                return false;
            }
            return end != null;
        }
    }

    void add(String user, String password, StoredPassword stored) {
        ByteBuffer code = code(user, password, stored);
        synchronized (until) {
            until.remove(code);
            until.put(code, nanos.getAsLong() + MEMORY_NANOS);
        }
    }

    private ByteBuffer code(String user, String password, StoredPassword stored) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : new String[] {user, password, stored.text()}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
