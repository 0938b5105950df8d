package gatepost.itests.protocol;

import gatepost.itests.harness.Command;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;

/**
 * A fresh self-signed certificate for {@code localhost} and its private key, made with openssl, which is there within milliseconds.
 *
 * @param store a PKCS#12 file with both
 */
record Certificate(Path store) {

    static final String PASSWORD = "for-tests-only";
    private static final String ALIAS = "gatepost";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** @param folder where the file is made */
    static Certificate make(Path folder) {
        Path store = folder.resolve(Suite.name() + ".p12");
        openssl(
                folder,
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost"
                        + " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout made.key -out made.pem");
        openssl(
                folder,
                "pkcs12 -export -inkey made.key -in made.pem -name " + ALIAS + " -passout pass:" + PASSWORD + " -out "
                        + store);
        return new Certificate(store);
    }

    private static void openssl(Path folder, String arguments) {
        Command.run(folder, Map.of(), ("openssl " + arguments).split(" "));
    }

    BigInteger serialNumber() throws IOException, GeneralSecurityException {
        return certificate().getSerialNumber();
    }

    String certificatePem() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", certificate().getEncoded());
    }

    /** @return PKCS#8, not encrypted */
    String keyPem() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", open().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    }

    X509Certificate certificate() throws IOException, GeneralSecurityException {
        return (X509Certificate) open().getCertificate(ALIAS);
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
