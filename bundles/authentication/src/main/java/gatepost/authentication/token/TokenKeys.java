package gatepost.authentication.token;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys that are in force, from any number of files: while keys are rotated the old and the new one stand side by side.
 * Safe for use by several threads.
 */
public final class TokenKeys {

    private static final int SECRET_BYTES = 32;

    private final Map<KeySource, KeysRead> bySource = new LinkedHashMap<>();
    private volatile List<TokenKey> all = List.of();

    private TokenKeys() {}

    /** No keys, so that no token is accepted. */
    public static TokenKeys none() {
        return new TokenKeys();
    }

    /** One secret of 256 random bits, which nobody else ever knows. */
    public static TokenKeys random() {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        TokenKeys keys = new TokenKeys();
        try {
            keys.all = List.of(KeyMaterial.secret("gatepost-" + Long.toHexString(random.nextLong()), secret));
        } catch (KeyFault e) {
            throw new IllegalStateException(e);
        }
        return keys;
    }

    /**
     * @param sources the files
     * @throws KeyFault when one of them cannot be used; the message names it
     */
    public static TokenKeys read(Collection<KeySource> sources) throws KeyFault {
        TokenKeys keys = new TokenKeys();
        for (KeySource source : sources) {
            keys.take(source);
        }
        return keys;
    }

    /**
     * Reads every file again; one that cannot be used keeps the keys that it last held.
     *
     * @return what is wrong, by file; empty when everything is in force
     */
    public Map<KeySource, String> reload() {
        Map<KeySource, String> faults = new LinkedHashMap<>();
        for (KeySource source : sources()) {
            try {
                take(source);
            } catch (KeyFault e) {
                faults.put(source, e.getMessage());
            }
        }
        partialFaults().forEach(faults::putIfAbsent);
        return faults;
    }

    /** @return what is wrong with some keys of files of which others are in force */
    public synchronized Map<KeySource, String> partialFaults() {
        Map<KeySource, String> faults = new LinkedHashMap<>();
        bySource.forEach((source, read) -> {
            if (!read.faults().isEmpty()) {
                faults.put(
                        source, source.file() + ": " + String.join("; ", read.faults()) + "; the others are in force");
            }
        });
        return faults;
    }

    private synchronized List<KeySource> sources() {
        return List.copyOf(bySource.keySet());
    }

    private synchronized void take(KeySource source) throws KeyFault {
        try {
            bySource.put(source, source.read());
        } catch (KeyFault e) {
            throw new KeyFault(source.file() + ": " + e.getMessage(), e);
        }
        List<TokenKey> keys = new ArrayList<>();
        bySource.values().forEach(read -> keys.addAll(read.keys()));
        all = List.copyOf(keys);
    }

    public List<TokenKey> all() {
        return all;
    }

    /** @return the {@link TokenKey#fingerprint} of each key in force */
    public Set<String> fingerprints() {
        return all.stream().map(TokenKey::fingerprint).collect(Collectors.toUnmodifiableSet());
    }

    /** The files to watch. */
    public synchronized List<Path> files() {
        return bySource.keySet().stream().map(KeySource::file).toList();
    }

    /** @return the key that new tokens are signed with: the one of this id, or the first that can sign when it is empty */
    public Optional<TokenKey> signing(String id) {
        return all.stream()
                .filter(key ->
                        key.signer().isPresent() && (id.isEmpty() || key.id().equals(id)))
                .findFirst();
    }
}
