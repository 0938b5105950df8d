package gatepost.authentication.realm;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.karaf.jaas.modules.Encryption;
import org.apache.karaf.jaas.modules.EncryptionService;

/**
 * Makes Karaf's login modules understand {@link PasswordHash}. Only for those that ask for it by name: Karaf's own realm keeps
 * the encryption that it is configured with.
 */
public final class HashedPasswords implements EncryptionService, Encryption {

    /** The value of the service property {@code name} and of the login modules' option {@code encryption.name}. */
    public static final String NAME = "gatepost";

    private final Predicate<BooleanSupplier> hashing;

    /** Computes hashes on the thread that asks. */
    public HashedPasswords() {
        this(BooleanSupplier::getAsBoolean);
    }

    /** @param hashing answers a question that takes a good part of a second of a processor, on a thread of its choice */
    public HashedPasswords(Predicate<BooleanSupplier> hashing) {
        this.hashing = hashing;
    }

    @Override
    public Encryption createEncryption(Map<String, String> parameters) {
        return this;
    }

    @Override
    public String encryptPassword(String plain) {
        return PasswordHash.of(plain);
    }

    @Override
    public boolean checkPassword(String input, String stored) {
        return hashing.test(() -> PasswordHash.matches(input, stored));
    }
}
