package gatepost.authentication.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A file with keys, as {@code token.keys} names it: {@code RS256:etc/app.pem}, or {@code JWKS:etc/keys.json}.
 *
 * @param algorithm what the key of this file is used with; nothing for a JSON Web Key Set, whose keys say it themselves
 * @param file the file; without its ending, its name is the id of the key in it
 */
public record KeySource(Optional<SignatureAlgorithm> algorithm, Path file) {

    private static final Map<String, Optional<SignatureAlgorithm>> FORMS = Map.of(
            "HS256",
            Optional.of(SignatureAlgorithm.HS256),
            "RS256",
            Optional.of(SignatureAlgorithm.RS256),
            "ES256",
            Optional.of(SignatureAlgorithm.ES256),
            "EdDSA",
            Optional.of(SignatureAlgorithm.EDDSA),
            "JWKS",
            Optional.empty());
    private static final long MAX_BYTES = 1024 * 1024;

    /**
     * @param text an element of {@code token.keys}
     * @param home the folder that relative paths start at
     */
    public static KeySource parse(String text, Path home) throws KeyFault {
        int colon = text.indexOf(':');
        String form = text.substring(0, Math.max(colon, 0));
        if (!FORMS.containsKey(form) || colon == text.length() - 1) {
            throw new KeyFault(
                    "expected ALGORITHM:FILE with HS256, RS256, ES256, EdDSA or JWKS before the colon, found " + text);
        }
        return new KeySource(
                FORMS.get(form), home.resolve(text.substring(colon + 1).trim()));
    }

    /** Reads the keys that are in the file now. */
    KeysRead read() throws KeyFault {
        byte[] content = content();
        String text = new String(content, StandardCharsets.UTF_8);
        if (algorithm.isEmpty()) {
            return JwksFile.read(file.toString(), text);
        }
        if (algorithm.get() != SignatureAlgorithm.HS256) {
            return KeysRead.of(PemFile.read(id(), algorithm.get(), text));
        }
        if (PemFile.looksLike(text)) {
            // a public key is public: whoever has it could sign tokens, were it taken for a secret
            throw new KeyFault("a PEM file is not a secret for HS256");
        }
        return KeysRead.of(KeyMaterial.secret(id(), withoutLineEnd(content)));
    }

    private byte[] content() throws KeyFault {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new KeyFault("larger than " + MAX_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new KeyFault("cannot be read, and is tried again when it comes: " + e, e);
        }
    }

    private String id() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Editors and {@code echo} end a file with a line end that is no part of the secret. */
    private static byte[] withoutLineEnd(byte[] content) {
        int length = content.length;
        while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
            length--;
        }
        return Arrays.copyOf(content, length);
    }

    @Override
    public String toString() {
        return algorithm.map(SignatureAlgorithm::toString).orElse("JWKS") + ":" + file;
    }
}
