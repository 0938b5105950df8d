package gatepost.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JSON Web Key Set (RFC 7517, section 5). Its keys' algorithm follows from their type, and is what {@code alg} says where
 * that is present; keys for encryption or for another algorithm are passed over, and those of a type that is not known
 * (RFC 7517, section 5).
 */
final class JwksFile {

    private static final Logger LOG = LoggerFactory.getLogger(JwksFile.class);

    private static final Set<String> TYPES = Set.of("RSA", "EC", "OKP", "oct");

    private JwksFile() {}

    /** @throws KeyFault when the set holds nothing that can be used */
    static KeysRead read(String name, String text) throws KeyFault {
        List<TokenKey> keys = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        List<Map<String, Object>> elements = elements(text);
        for (int i = 0; i < elements.size(); i++) {
            Map<String, Object> element = elements.get(i);
            if (element.get("kty") instanceof String type && !TYPES.contains(type)) {
                LOG.warn("{}: the key {} is passed over: of type {}", name, element.get("kid"), type);
                continue;
            }
            try {
                JWK jwk = JWK.parse(element);
                Optional<SignatureAlgorithm> algorithm = algorithm(jwk);
                if (algorithm.isPresent()) {
                    keys.add(key(jwk, algorithm.get()));
                } else {
                    LOG.warn(
                            "{}: the key {} is passed over: not for signatures with HS256, RS256, ES256 or EdDSA",
                            name,
                            jwk.getKeyID());
                }
            } catch (ParseException | JOSEException | GeneralSecurityException | RuntimeException | KeyFault e) {
                // the others are none the worse for it: an application that rotates its keys must not lock everybody
                // out
                faults.add("the key " + (element.get("kid") instanceof String kid ? kid : "number " + (i + 1))
                        + " of the set cannot be used: " + e.getMessage());
            }
        }
        if (keys.isEmpty()) {
            throw new KeyFault("the set holds no key for HS256, RS256, ES256 or EdDSA"
                    + faults.stream().map(fault -> "; " + fault).collect(Collectors.joining()));
        }
        return new KeysRead(keys, faults);
    }

    private static List<Map<String, Object>> elements(String text) throws KeyFault {
        try {
            Map<String, Object>[] elements = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(text), "keys");
            if (elements == null) {
                throw new KeyFault("not a JSON Web Key Set: expected an array \"keys\"");
            }
            return Arrays.stream(elements)
                    .map(element -> element == null ? Map.<String, Object>of() : element)
                    .toList();
        } catch (ParseException | RuntimeException e) {
            throw new KeyFault("not a JSON Web Key Set: " + e.getMessage(), e);
        }
    }

    private static Optional<SignatureAlgorithm> algorithm(JWK jwk) {
        Optional<SignatureAlgorithm> byType = byType(jwk);
        boolean forSignatures = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        return byType.filter(type -> forSignatures
                && (jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(type.jws())));
    }

    private static Optional<SignatureAlgorithm> byType(JWK jwk) {
        if (jwk instanceof RSAKey) {
            return Optional.of(SignatureAlgorithm.RS256);
        }
        if (jwk instanceof ECKey ec && ec.getCurve().equals(Curve.P_256)) {
            return Optional.of(SignatureAlgorithm.ES256);
        }
        if (jwk instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)) {
            return Optional.of(SignatureAlgorithm.EDDSA);
        }
        return jwk instanceof OctetSequenceKey ? Optional.of(SignatureAlgorithm.HS256) : Optional.empty();
    }

    private static TokenKey key(JWK jwk, SignatureAlgorithm algorithm)
            throws JOSEException, GeneralSecurityException, KeyFault {
        String id = jwk.getKeyID() == null ? jwk.computeThumbprint().toString() : jwk.getKeyID();
        if (jwk instanceof RSAKey rsa) {
            return KeyMaterial.pair(id, algorithm, rsa.toRSAPublicKey(), rsa.toRSAPrivateKey());
        }
        if (jwk instanceof ECKey ec) {
            return KeyMaterial.pair(id, algorithm, ec.toECPublicKey(), ec.isPrivate() ? ec.toECPrivateKey() : null);
        }
        if (jwk instanceof OctetKeyPair pair) {
            return KeyMaterial.pair(
                    id,
                    algorithm,
                    Ed25519.publicKey(pair.getDecodedX()),
                    pair.isPrivate() ? Ed25519.privateKey(pair.getDecodedD()) : null);
        }
        return KeyMaterial.secret(id, ((OctetSequenceKey) jwk).toByteArray());
    }
}
