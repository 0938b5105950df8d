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
 * A fresh self-signed certificate for {@code localhost} and its private key, made with the JDK's keytool.
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
        Command.run(
                folder,
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        return new Certificate(store);
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
