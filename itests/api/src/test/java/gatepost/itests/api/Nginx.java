package gatepost.itests.api;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** nginx with the server that Gatepost ships, on a free port, with the paths of that and without TLS. */
final class Nginx implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final int port = Ports.free();
    private final Process process;

    /** @param folder for its files */
    Nginx(Path folder, Gatepost gatepost) throws IOException {
        String server = Files.readString(gatepost.home().resolve("contrib/nginx.conf"))
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                .replaceAll("(?m)^ *ssl_.*$", "")
                .replace("127.0.0.1:61614", "127.0.0.1:" + gatepost.wsPort());
        Path conf = folder.resolve("nginx.conf");
        Files.writeString(conf, """
                daemon off;
                user root;
                worker_processes 1;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events {}
                http {
                    access_log %1$s/access.log;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    %2$s
                }
                """.formatted(folder, server));
        process = new ProcessBuilder(PROGRAM.toString(), "-p", folder.toString(), "-c", conf.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        Awaitility.await("nginx listens").until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(Files.readString(folder.resolve("out")));
            }
            return Ports.isOpen(port);
        });
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
