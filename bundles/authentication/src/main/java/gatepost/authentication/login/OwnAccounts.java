package gatepost.authentication.login;

import gatepost.authentication.api.OwnAccount;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The accounts of Gatepost's own parts, each with a secret of 256 random bits, and the key of its pages' tokens. They live as
 * long as this object.
 */
public final class OwnAccounts {

    private static final int SECRET_BYTES = 32;

    private final Map<String, OwnAccount> accounts;
    private final OwnTokens tokens = new OwnTokens();

    public OwnAccounts() {
        SecureRandom random = new SecureRandom();
        accounts = Stream.of(OwnAccount.WELCOME, OwnAccount.ROUTES, OwnAccount.CONSOLE, OwnAccount.TRY)
                .map(name -> (OwnAccount) new Account(name, secret(random)))
                .collect(Collectors.toUnmodifiableMap(OwnAccount::name, Function.identity()));
    }

    public List<OwnAccount> all() {
        return List.copyOf(accounts.values());
    }

    /** The tokens of the pages. */
    public OwnTokens tokens() {
        return tokens;
    }

    /** Compares in constant time, so that the time of an answer says nothing about the secret. */
    boolean accepts(String name, String passcode) {
        OwnAccount account = accounts.get(name);
        return account != null && MessageDigest.isEqual(bytes(account.passcode()), bytes(passcode));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private record Account(String name, String passcode) implements OwnAccount {

        @Override
        public String toString() {
            return name;
        }
    }
}
