package gatepost.itests.fuzz;

import gatepost.authentication.token.KeyFault;
import gatepost.authentication.token.KeySource;
import gatepost.authentication.token.TokenKeys;
import gatepost.authentication.token.TokenMint;
import gatepost.authentication.token.TokenRefused;
import gatepost.authentication.token.TokenRules;
import gatepost.authentication.token.TokenVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * A passcode is refused as a token, or it is a token that was signed: only one whose signed part is, to the letter, what the one that
 * was made here has. {@code $} in an input stands for that token.
 */
public final class TokenTarget {

    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z"));
    private static final TokenRules RULES = new TokenRules(Set.of("users"), Set.of(), Set.of(), Duration.ZERO, 8192);
    private static final TokenKeys KEYS = keys();
    private static final String TOKEN = token();
    private static final String SIGNED = TOKEN.substring(0, TOKEN.lastIndexOf('.'));

    private TokenTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8).replace("$", TOKEN);
        try {
            new TokenVerifier(KEYS, RULES, NOW).verify(text);
        } catch (TokenRefused e) {
            return;
        }
        if (!TokenVerifier.isToken(text) || !text.startsWith(SIGNED + ".")) {
            throw new AssertionError("accepted, and nobody signed it");
        }
    }

    private static String token() {
        try {
            return new TokenMint(KEYS, RULES, NOW).mint("alice", List.of("users"), Duration.ofHours(1), "");
        } catch (KeyFault e) {
            throw new IllegalStateException(e);
        }
    }

    private static TokenKeys keys() {
        try {
            Path secret = Files.createTempFile("gatepost-fuzz-", ".secret");
            try {
                Files.writeString(secret, "a secret that is known to everybody who reads this");
                return TokenKeys.read(List.of(KeySource.parse("HS256:" + secret, Path.of(""))));
            } finally {
                Files.delete(secret);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (KeyFault e) {
            throw new IllegalStateException(e);
        }
    }
}
