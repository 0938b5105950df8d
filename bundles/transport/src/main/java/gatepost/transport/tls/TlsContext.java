package gatepost.transport.tls;

import gatepost.configuration.FileStamp;
import gatepost.transport.connector.ConnectorOptions;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import org.osgi.service.cm.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and key of a connector. A renewed file is picked up by the connections that come after it; while a renewed
 * file cannot be used, the last good one stays. Safe for use by several threads.
 */
public final class TlsContext {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ConnectorOptions options;
    private SslContext context;
    private List<FileStamp> loaded;
    private long checked;

    /** @throws ConfigurationException naming the key whose file cannot be used */
    public TlsContext(ConnectorOptions options) throws ConfigurationException {
        this.options = options;
        if (options.certificate().isEmpty()) {
            throw new ConfigurationException("tls.certificate", "needed by this scheme: a PEM or PKCS#12 file");
        }
        if (!isPkcs12() && options.key().isEmpty()) {
            throw new ConfigurationException("tls.key", "needed with a PEM certificate: the file with its private key");
        }
        loaded = stamps();
        context = load();
        checked = System.nanoTime();
    }

    /** @return what a connection that comes now has to use */
    public synchronized SslContext current() {
        if (System.nanoTime() - checked > CHECK_NANOS) {
            checked = System.nanoTime();
            List<FileStamp> stamps = stamps();
            if (!stamps.equals(loaded)) {
                loaded = stamps;
                reload();
            }
        }
        return context;
    }

    private void reload() {
        try {
            context = load();
            LOG.info("the certificate {} was renewed", options.certificate());
        } catch (ConfigurationException e) {
            LOG.error(
                    "the renewed certificate {} cannot be used, the last good one stays: {}",
                    options.certificate(),
                    e.getMessage());
        }
    }

    private SslContext load() throws ConfigurationException {
        String password = password();
        try {
            SslContextBuilder builder = isPkcs12()
                    ? SslContextBuilder.forServer(keys(password))
                    : SslContextBuilder.forServer(
                            Path.of(options.certificate()).toFile(),
                            Path.of(options.key()).toFile(),
                            password.isEmpty() ? null : password);
            return builder.protocols(options.protocols()).build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigurationException("tls.certificate", "cannot be used: " + e.getMessage(), e);
        }
    }

    private KeyManagerFactory keys(String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(options.certificate()))) {
            store.load(in, password.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password.toCharArray());
        return keys;
    }

    private String password() throws ConfigurationException {
        String password = options.password();
        if (password.startsWith("env:")) {
            String value = System.getenv(password.substring(4));
            if (value == null) {
                throw new ConfigurationException("tls.password", "there is no such variable in the environment");
            }
            return value;
        }
        if (password.startsWith("file:")) {
            try {
                return Files.readString(Path.of(password.substring(5))).strip();
            } catch (IOException e) {
                throw new ConfigurationException("tls.password", "the file cannot be read: " + e.getMessage(), e);
            }
        }
        return password;
    }

    private boolean isPkcs12() {
        String name = options.certificate().toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx");
    }

    /** One that is just being replaced is not there; loading it says what is wrong should it stay away. */
    private List<FileStamp> stamps() {
        return Stream.of(options.certificate(), options.key())
                .filter(file -> !file.isEmpty())
                .map(file -> FileStamp.of(Path.of(file)))
                .toList();
    }
}
