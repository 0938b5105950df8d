package gatepost.transport.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.Options;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationException;

class TlsContextTest {

    @TempDir
    private Path folder;

    @Test
    void aMissingFileIsNamedByItsKey() {
        assertEquals(
                "tls.certificate",
                assertThrows(ConfigurationException.class, () -> new TlsContext(Options.with()))
                        .getProperty());
        assertEquals(
                "tls.key",
                assertThrows(
                                ConfigurationException.class,
                                () -> new TlsContext(Options.with("tls.certificate", "server.pem")))
                        .getProperty());
        assertEquals(
                "tls.certificate",
                assertThrows(
                                ConfigurationException.class,
                                () -> new TlsContext(Options.with("tls.certificate", folder + "/none.p12")))
                        .getProperty());
    }

    @Test
    void thePasswordMayStandInAFileAndNotInThatOfAnother() throws Exception {
        Path store = pkcs12("a");
        Path password = Files.writeString(folder.resolve("password"), "changeit\n");
        assertNotNull(
                new TlsContext(Options.with("tls.certificate", store.toString(), "tls.password", "file:" + password))
                        .current());
        assertEquals(
                "tls.password",
                assertThrows(
                                ConfigurationException.class,
                                () -> new TlsContext(Options.with(
                                        "tls.certificate",
                                        store.toString(),
                                        "tls.password",
                                        "file:" + folder + "/none")))
                        .getProperty());
        assertEquals(
                "tls.password",
                assertThrows(
                                ConfigurationException.class,
                                () -> new TlsContext(Options.with(
                                        "tls.certificate", store.toString(), "tls.password", "env:GATEPOST_NO_SUCH")))
                        .getProperty());
        ConfigurationException wrong = assertThrows(
                ConfigurationException.class,
                () -> new TlsContext(Options.with("tls.certificate", store.toString(), "tls.password", "wrong")));
        assertTrue(wrong.getReason().contains("cannot be used"), wrong.getReason());
    }

    @Test
    void aRenewedFileIsTakenAndABrokenOneIsNot() throws Exception {
        Path store = pkcs12("a");
        TlsContext tls = new TlsContext(Options.with("tls.certificate", store.toString(), "tls.password", "changeit"));
        SslContext first = tls.current();
        assertSame(first, tls.current());

        Files.writeString(store, "broken");
        age(store, 1);
        await().during(Duration.ofMillis(800)).atMost(Duration.ofSeconds(10)).until(() -> tls.current() == first);

        Files.copy(pkcs12("b"), store, StandardCopyOption.REPLACE_EXISTING);
        age(store, 2);
        await().atMost(Duration.ofSeconds(10)).until(() -> tls.current() != first);
    }

    @Test
    void aLinkThatIsSwitchedToARenewedFileOfTheSameTimeIsTaken() throws Exception {
        FileTime time = Files.getLastModifiedTime(pkcs12("a"));
        Files.setLastModifiedTime(pkcs12("b"), time);
        Path store = Files.createSymbolicLink(folder.resolve("server.p12"), Path.of("a.p12"));
        TlsContext tls = new TlsContext(Options.with("tls.certificate", store.toString(), "tls.password", "changeit"));
        SslContext first = tls.current();

        Path next = Files.createSymbolicLink(folder.resolve("next"), Path.of("b.p12"));
        Files.move(next, store, StandardCopyOption.ATOMIC_MOVE);
        await().atMost(Duration.ofSeconds(10)).until(() -> tls.current() != first);
    }

    /** Makes sure that the time of the file differs from that of the version before. */
    private static void age(Path file, int minutes) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.fromMillis(System.currentTimeMillis() + TimeUnit.MINUTES.toMillis(minutes)));
    }

    private Path pkcs12(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertEquals(0, keytool.waitFor(), output);
        return store;
    }
}
