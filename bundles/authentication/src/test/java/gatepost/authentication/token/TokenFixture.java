package gatepost.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys, key files and tokens, good and bad. */
public final class TokenFixture {

    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Path folder;

    public TokenFixture(Path folder) {
        this.folder = folder;
    }

    public static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    public static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    public static KeyPair ed25519() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    public static String pem(String block, byte[] content) {
        return "-----BEGIN " + block + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + block + "-----\n";
    }

    public static String publicPem(KeyPair pair) {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    public static String bothPem(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded()) + publicPem(pair);
    }

    public Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** @param elements as {@code token.keys} has them */
    public TokenKeys keys(String... elements) throws KeyFault {
        List<KeySource> sources = new ArrayList<>();
        for (String element : elements) {
            sources.add(KeySource.parse(element, folder));
        }
        return TokenKeys.read(sources);
    }

    /** Claims that are good for the next hundred seconds. */
    public static Map<String, Object> claims(long now) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", "alice");
        claims.put("groups", List.of("users"));
        claims.put("exp", now + 100);
        return claims;
    }

    public static String sign(TokenKey key, Map<String, Object> claims) throws JOSEException {
        return sign(
                key,
                new JWSHeader.Builder(key.algorithm().jws()).keyID(key.id()).build(),
                new Payload(claims));
    }

    public static String sign(TokenKey key, JWSHeader header, Payload payload) throws JOSEException {
        JWSObject jws = new JWSObject(header, payload);
        jws.sign(key.signer().orElseThrow());
        return jws.serialize();
    }

    public static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
