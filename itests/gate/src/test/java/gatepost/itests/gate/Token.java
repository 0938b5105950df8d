package gatepost.itests.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A token (JWT, RFC 7519) while it is being written: anything may stand in it. Immutable.
 *
 * @param header of the signature (RFC 7515, section 4)
 * @param claims what the token says
 */
record Token(Map<String, Object> header, Map<String, Object> claims) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Token {
        header = new TreeMap<>(header);
        claims = new TreeMap<>(claims);
    }

    /** A good one, for an hour. */
    static Token of(String user, String... groups) {
        return new Token(Map.of("typ", "JWT"), Map.of("sub", user, "groups", List.of(groups), "aud", Keys.AUDIENCE))
                .lasting(Duration.ofHours(1));
    }

    /** @param time until its end, negative for one that has expired */
    Token lasting(Duration time) {
        return with("exp", Instant.now().plus(time).getEpochSecond());
    }

    /** Replaces a claim; {@code null} takes it out. */
    Token with(String claim, Object value) {
        return new Token(header, changed(claims, claim, value));
    }

    /** Replaces a member of the header; {@code null} takes it out. */
    Token header(String name, Object value) {
        return new Token(changed(header, name, value), claims);
    }

    /** @return the token, signed as its header then says */
    String signed(Keys keys, Keys.Algorithm algorithm) {
        return header("alg", algorithm.name()).signed(input -> keys.sign(algorithm, input));
    }

    /** @return the token, with whatever signature, and a header that says whatever it says */
    String signed(UnaryOperator<byte[]> signature) {
        String input = encoded(header) + "." + encoded(claims);
        return input + "." + encode(signature.apply(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Map<String, Object> changed(Map<String, Object> values, String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(values);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        return changed;
    }

    private static String encoded(Map<String, Object> values) {
        try {
            return encode(JSON.writeValueAsBytes(values));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
