package gatepost.authentication.realm;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
    private final Path log;

    public DirectoryServer(Path folder, String ldif) throws Exception {
        Path slapd = program("slapd");
        Path configuration = Files.writeString(folder.resolve("slapd.conf"), CONFIGURATION.formatted(folder));
        Path content = Files.writeString(folder.resolve("content.ldif"), ldif);
        Files.createDirectory(folder.resolve("data"));
        log = folder.resolve("slapd.log");
        int loaded = new ProcessBuilder(
                        program("slapadd").toString(), "-f", configuration.toString(), "-l", content.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (loaded != 0) {
            throw new IOException("slapadd ended with " + loaded + ": " + Files.readString(log));
        }
        port = freePort();
        process = new ProcessBuilder(slapd.toString(), "-f", configuration.toString(), "-h", url(), "-d", "stats")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await("slapd at " + url()).atMost(START).until(this::answers);
    }

    public String url() {
        return "ldap://127.0.0.1:" + port;
    }

    /**
     * @return what clients have asked since, in order: {@code BIND} and {@code SRCH}, of a connection made for it {@code new BIND} and
     *         {@code new SRCH}. Each is written before it is answered; that a connection was accepted may be written after its first
     *         question, so this is told by the question's number
     */
    public List<String> asked(Runnable clients) throws IOException {
        int before = operations().size();
        clients.run();
        return operations().subList(before, operations().size());
    }

    private List<String> operations() throws IOException {
        // method= is of the question, mech= of its answer
        return Pattern.compile(" op=(\\d+) (BIND (?=.*method=)|SRCH (?=base=))")
                .matcher(Files.readString(log))
                .results()
                .map(operation -> (operation.group(1).equals("0") ? "new " : "")
                        + operation.group(2).strip())
                .toList();
    }

    private static Path program(String name) {
        return Stream.of("/usr/sbin/", "/usr/local/sbin/", "/usr/bin/")
                .map(folder -> Path.of(folder + name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        name + " is missing: this test needs an OpenLDAP server, " + "on Debian the package slapd"));
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
