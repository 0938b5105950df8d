package gatepost.authentication.token;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key in PEM form (RFC 7468): {@code PUBLIC KEY} or {@code CERTIFICATE}, and for the operator's own tokens the
 * {@code PRIVATE KEY} beside it.
 */
final class PemFile {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private PemFile() {}

    static boolean looksLike(String text) {
        return text.contains("-----BEGIN ");
    }

    static TokenKey read(String id, SignatureAlgorithm algorithm, String text) throws KeyFault {
        Map<String, byte[]> blocks = blocks(text);
        String family = switch (algorithm) {
            case RS256 -> "RSA";
            case ES256 -> "EC";
            case EDDSA -> "Ed25519";
            case HS256 -> throw new KeyFault("HS256 takes a file with a secret, not a PEM file");
        };
        try {
            PublicKey key = publicKey(family, blocks);
            byte[] secret = blocks.get("PRIVATE KEY");
            PrivateKey own = secret == null
                    ? null
                    : KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(secret));
            return KeyMaterial.pair(id, algorithm, key, own);
        } catch (GeneralSecurityException e) {
            throw new KeyFault("not a PEM file with a key for " + algorithm + ": " + e.getMessage(), e);
        }
    }

    private static PublicKey publicKey(String family, Map<String, byte[]> blocks)
            throws GeneralSecurityException, KeyFault {
        if (blocks.containsKey("PUBLIC KEY")) {
            return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(blocks.get("PUBLIC KEY")));
        }
        if (blocks.containsKey("CERTIFICATE")) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(blocks.get("CERTIFICATE")))
                    .getPublicKey();
        }
        throw new KeyFault("expected a block PUBLIC KEY or CERTIFICATE, found " + blocks.keySet()
                + "; 'openssl pkey -in PRIVATE.pem -pubout' makes a public key");
    }

    private static Map<String, byte[]> blocks(String text) throws KeyFault {
        Map<String, byte[]> blocks = new TreeMap<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            try {
                blocks.putIfAbsent(block.group(1), Base64.getMimeDecoder().decode(block.group(2)));
            } catch (IllegalArgumentException e) {
                throw new KeyFault("the block " + block.group(1) + " is not base64", e);
            }
        }
        return blocks;
    }
}
