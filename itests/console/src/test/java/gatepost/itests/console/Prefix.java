package gatepost.itests.console;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The console beneath the prefix {@code /ops/} of nginx, with the configurations that Gatepost ships for that, but on a free port and without
 * TLS; pages reach the connector through nginx, too. Where there is no nginx, the console as it is.
 */
final class Prefix implements AutoCloseable {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String FILE = "gatepost.console.cfg";

    private final Gatepost gatepost;
    private final int port;
    private final Process process;

    private Prefix(Gatepost gatepost, int port, Process process) {
        this.gatepost = gatepost;
        this.port = port;
        this.process = process;
    }

    /** @param folder for nginx's files */
    static Prefix of(Gatepost gatepost, Path folder) {
        if (!Files.isExecutable(NGINX)) {
            return new Prefix(gatepost, gatepost.httpPort(), null);
        }
        int port = Ports.free();
        try {
            Path configuration = folder.resolve("nginx.conf");
            Files.writeString(configuration, configuration(gatepost, port, folder));
            Path out = folder.resolve("out");
            Process process = new ProcessBuilder(
                            NGINX.toString(), "-p", folder.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            Prefix prefix = new Prefix(gatepost, port, process);
            Awaitility.await("nginx listens").until(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError(Files.readString(out));
                }
                return Ports.isOpen(port);
            });
            gatepost.apply(FILE, Map.of("websocket", "ws://localhost:" + port + "/stomp"));
            return prefix;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(Gatepost gatepost, int port, Path folder) throws IOException {
        Path shipped = gatepost.home().resolve("contrib");
        String console = Files.readString(shipped.resolve("nginx-console.conf"))
                .replace("127.0.0.1:8181", "127.0.0.1:" + gatepost.httpPort());
        String server = Files.readString(shipped.resolve("nginx.conf"))
                .replace("127.0.0.1:61614", "127.0.0.1:" + gatepost.wsPort())
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                .replaceAll("(?m)^ *ssl_.*$", "");
        return """
                daemon off;
                user root;
                worker_processes 1;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    %2$s
                        %3$s
                    }
                }
                """.formatted(folder, server.substring(0, server.lastIndexOf('}')), console);
    }

    /** @return where the console is, with a slash at the end */
    String address() {
        return process == null ? "http://localhost:" + port + "/" : "http://localhost:" + port + "/ops/";
    }

    /** @return whether a page may ask for that */
    boolean isOwn(String request) {
        return process == null
                ? request.matches("(http|ws)://localhost:(" + port + "|" + gatepost.wsPort() + ")/.*")
                : request.matches("(http|ws)://localhost:" + port + "/(ops/.*|stomp|gatepost/.*)");
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gatepost.apply(FILE, Map.of("websocket", ""));
    }
}
