package gatepost.authentication.realm;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An OpenLDAP server of the machine's own slapd, on a free port of loopback, with its files in a folder of the test's. */
public final class DirectoryServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);
    private static final String CONFIGURATION = """
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            pidfile %1$s/slapd.pid
            argsfile %1$s/slapd.args
            database mdb
            suffix "dc=example,dc=com"
            rootdn "cn=admin,dc=example,dc=com"
            rootpw adminpw
            directory %1$s/data
            access to attrs=userPassword by anonymous auth by * none
            access to * by dn.exact="cn=search,dc=example,dc=com" read by * none
            """;

    private final Process process;
    private final int port;

    public DirectoryServer(Path folder, String ldif) throws Exception {
        Path slapd = program("slapd");
        Path configuration = Files.writeString(folder.resolve("slapd.conf"), CONFIGURATION.formatted(folder));
        Path content = Files.writeString(folder.resolve("content.ldif"), ldif);
        Files.createDirectory(folder.resolve("data"));
        File log = folder.resolve("slapd.log").toFile();
        int loaded = new ProcessBuilder(program("slapadd").toString(), "-f", configuration.toString(), "-l", content.toString())
                .redirectErrorStream(true).redirectOutput(log).start().waitFor();
        if (loaded != 0) {
            throw new IOException("slapadd ended with " + loaded + ": " + Files.readString(log.toPath()));
        }
        port = freePort();
        process = new ProcessBuilder(slapd.toString(), "-f", configuration.toString(), "-h", url(), "-d", "0")
                .redirectErrorStream(true).redirectOutput(log).start();
        await("slapd at " + url()).atMost(START).until(this::answers);
    }

    public String url() {
        return "ldap://127.0.0.1:" + port;
    }

    private static Path program(String name) {
        return Stream.of("/usr/sbin/", "/usr/local/sbin/", "/usr/bin/").map(folder -> Path.of(folder + name))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is missing: this test needs an OpenLDAP server, "
                        + "on Debian the package slapd"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
