package gatepost.itests.api;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A proxy with the configuration that Gatepost ships for it, on a free port and without TLS. */
final class Proxy implements AutoCloseable {

    private final int port;
    private final Path access;
    private final Process process;

    /** @param access where it writes down what was asked for */
    private Proxy(Path folder, int port, Path access, String... command) throws IOException {
        this.port = port;
        this.access = access;
        Path out = folder.resolve("out");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        Awaitility.await(command[0] + " listens").until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(Files.readString(out));
            }
            return Ports.isOpen(port);
        });
    }

    /**
     * Skips the test where there is no nginx.
     *
     * @param folder for its files
     */
    static Proxy nginx(Path folder, Gatepost gatepost) throws IOException {
        String program = program("/usr/sbin/nginx");
        int port = Ports.free();
        String server = shipped(gatepost, "nginx.conf")
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                .replaceAll("(?m)^ *ssl_.*$", "");
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
        return new Proxy(
                folder, port, folder.resolve("access.log"), program, "-p", folder.toString(), "-c", conf.toString());
    }

    /**
     * Skips the test where there is no HAProxy.
     *
     * @param folder for its files
     * @param patience seconds for which either side may be silent, in the place of the minute that is shipped
     */
    static Proxy haproxy(Path folder, Gatepost gatepost, int patience) throws IOException {
        String program = program("/usr/sbin/haproxy");
        int port = Ports.free();
        Path conf = folder.resolve("haproxy.cfg");
        Files.writeString(
                conf,
                """
                global
                    log stdout format raw local0
                defaults
                    log global
                    mode http
                    option httplog
                """
                        + shipped(gatepost, "haproxy.cfg")
                                .replaceAll("bind :443 ssl.*", "bind 127.0.0.1:" + port)
                                .replace("client 1m", "client " + patience + "s")
                                .replace("server 1m", "server " + patience + "s"));
        return new Proxy(folder, port, folder.resolve("out"), program, "-db", "-f", conf.toString());
    }

    private static String program(String path) {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(path)), path + " is not installed");
        return path;
    }

    private static String shipped(Gatepost gatepost, String file) throws IOException {
        return Files.readString(gatepost.home().resolve("contrib").resolve(file))
                .replace("127.0.0.1:61614", "127.0.0.1:" + gatepost.wsPort());
    }

    int port() {
        return port;
    }

    /** @return what it has written down of requests */
    String access() {
        try {
            return Files.readString(access);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
