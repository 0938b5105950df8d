package gatepost.itests.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompSocket;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code stomp+ssl} and {@code wss}: PEM and PKCS#12, and certificates that are renewed while clients are connected. */
@ExtendWith(Suite.class)
class TlsIT {

    private static final String[] USUAL = {};

    private final Gatepost gatepost = Suite.gatepost();
    private final String name = Suite.name();
    private final String file = "gatepost.connector-" + name + ".cfg";
    private Certificate certificate;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeCertificate() {
        certificate = Certificate.make(folder);
    }

    @ParameterizedTest
    @EnumSource
    void aPemCertificate(Transport transport) throws Exception {
        int port = pemConnector(transport, Map.of());
        try (TlsClient tls = TlsClient.open(transport, port, USUAL, certificate)) {
            assertEquals("TLSv1.3", tls.protocol());
            worksWith(tls.client());
        }
        gatepost.removeConnector(name);
    }

    @ParameterizedTest
    @EnumSource
    void aPkcs12FileWithItsPasswordInAFile(Transport transport) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), Certificate.PASSWORD + "\n");
        int port = gatepost.addConnector(
                name,
                scheme(transport),
                Map.of("tls.certificate", certificate.store().toString(), "tls.password", "file:" + password));
        try (TlsClient tls = TlsClient.open(transport, port, USUAL, certificate)) {
            worksWith(tls.client());
        }
        gatepost.removeConnector(name);
    }

    @Test
    void onlyTheVersionsOfTlsThatAreConfigured() throws Exception {
        int port = pemConnector(Transport.TCP, Map.of("tls.protocols", "TLSv1.3"));
        assertThrows(
                IOException.class, () -> TlsClient.open(Transport.TCP, port, new String[] {"TLSv1.2"}, certificate));

        gatepost.apply(file, Map.of("tls.protocols", "TLSv1.3,TLSv1.2"));

        try (TlsClient tls = TlsClient.open(Transport.TCP, port, new String[] {"TLSv1.2"}, certificate)) {
            assertEquals("TLSv1.2", tls.protocol());
            worksWith(tls.client());
        }
        gatepost.removeConnector(name);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatSpeaksNoTlsIsClosed(Transport transport) throws Exception {
        int port = pemConnector(transport, Map.of("handshake.timeout", "300"));
        try (StompClient plain = StompSocket.open(port)) {
            plain.send(Version.V1_2.connect());
            plain.rest();
        }
        try (StompClient silent = StompSocket.open(port)) {
            assertTimeout(Duration.ofSeconds(5), silent::rest);
        }
        gatepost.removeConnector(name);
    }

    @ParameterizedTest
    @EnumSource
    void aRenewedCertificateIsShownToThoseWhoComeThen(Transport transport) throws Exception {
        int port = pemConnector(transport, Map.of());
        Certificate renewed = Certificate.make(folder);
        try (TlsClient before = TlsClient.open(transport, port, USUAL, certificate)) {
            before.client().connect("system", "manager");
            replace("key.pem", renewed.keyPem());
            replace("cert.pem", renewed.certificatePem());

            Awaitility.await().untilAsserted(() -> {
                try (TlsClient after = TlsClient.open(transport, port, USUAL, certificate, renewed)) {
                    assertEquals(renewed.serialNumber(), after.serialNumber());
                    worksWith(after.client());
                }
            });

            before.client().done(ClientFrame.send("/queue/" + Suite.name(), "still here"));
        }
        gatepost.removeConnector(name);
    }

    @ParameterizedTest
    @EnumSource
    void aRenewalThatCannotBeUsedLeavesTheLastGoodCertificate(Transport transport) throws Exception {
        int port = pemConnector(transport, Map.of());
        replace("cert.pem", "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
        Awaitility.await().until(() -> {
            // the file is looked at when somebody comes
            showsTheFirst(transport, port);
            return gatepost.log().contains("the renewed certificate " + folder.resolve("cert.pem") + " cannot be used");
        });
        showsTheFirst(transport, port);

        Certificate renewed = Certificate.make(folder);
        replace("key.pem", renewed.keyPem());
        replace("cert.pem", renewed.certificatePem());
        Awaitility.await().untilAsserted(() -> {
            try (TlsClient after = TlsClient.open(transport, port, USUAL, certificate, renewed)) {
                assertEquals(renewed.serialNumber(), after.serialNumber());
            }
        });
        gatepost.removeConnector(name);
    }

    @Test
    void aConnectorWithoutItsCertificateIsRefused() throws Exception {
        String missing = gatepost.applyRefused(file, Map.of("uri", "stomp+ssl://127.0.0.1:1"));
        assertTrue(missing.contains("tls.certificate"), missing);

        String unreadable = gatepost.applyRefused(
                file,
                Map.of(
                        "tls.certificate",
                        folder.resolve("none.pem").toString(),
                        "tls.key",
                        folder.resolve("none.key").toString()));
        assertTrue(unreadable.contains("none.pem"), unreadable);

        String wrongPassword = gatepost.applyRefused(
                file, Map.of("tls.certificate", certificate.store().toString(), "tls.password", "a-wrong-one"));
        assertTrue(
                wrongPassword.contains(certificate.store().toString()) && !wrongPassword.contains("a-wrong-one"),
                wrongPassword);
        Files.delete(gatepost.etc(file));
    }

    private void showsTheFirst(Transport transport, int port) throws IOException, GeneralSecurityException {
        try (TlsClient tls = TlsClient.open(transport, port, USUAL, certificate)) {
            assertEquals(certificate.serialNumber(), tls.serialNumber());
        }
    }

    private int pemConnector(Transport transport, Map<String, String> more)
            throws IOException, GeneralSecurityException {
        replace("key.pem", certificate.keyPem());
        replace("cert.pem", certificate.certificatePem());
        Map<String, String> settings = new HashMap<>(more);
        settings.put("tls.certificate", folder.resolve("cert.pem").toString());
        settings.put("tls.key", folder.resolve("key.pem").toString());
        return gatepost.addConnector(name, scheme(transport), settings);
    }

    private void replace(String target, String text) {
        try {
            Files.move(
                    Files.writeString(folder.resolve("next"), text),
                    folder.resolve(target),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(target, e);
        }
    }

    private static String scheme(Transport transport) {
        return transport == Transport.TCP ? "stomp+ssl" : "wss";
    }

    private static void worksWith(StompClient client) {
        String queue = "/queue/" + Suite.name();
        client.connect("system", "manager");
        client.done(ClientFrame.subscribe("s", queue));
        client.send(ClientFrame.send(queue, "x".repeat(100_000)));
        assertEquals(100_000, client.expect("MESSAGE").text().length());
        client.send(ClientFrame.of("DISCONNECT", "receipt:bye"));
        assertEquals("bye", client.expect("RECEIPT").header("receipt-id"));
        client.expectEnd();
    }
}
