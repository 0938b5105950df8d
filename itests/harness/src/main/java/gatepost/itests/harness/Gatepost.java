package gatepost.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;

/**
 * A distribution in a temporary folder and on free ports, run through its own scripts. The archive is what the system property
 * {@code gatepost.distribution} names. Everything is gone when it is closed: process, ports and files, but for the log, which
 * is then in {@code target/}.
 *
 * <pre>
 * try (Gatepost gatepost = Gatepost.unpack().start();
 *         StompClient alice = Transport.TCP.client(gatepost.stompPort())) {
 *     alice.connect("alice", "alice");
 * }
 * </pre>
 *
 * <p>Not for use by several threads at once, but for what only asks.
 */
public final class Gatepost implements AutoCloseable {

    private static final String WEB_SERVER = "org.apache.felix.http.cfg";
    private static final String SHELL = "org.apache.karaf.shell.cfg";
    private static final String MANAGEMENT = "org.apache.karaf.management.cfg";
    private static final String ADMINISTRATOR = "admin";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Path work;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private List<String> launcher = List.of();
    private ProcessGroup process;

    private Gatepost(Path work, Path home) {
        this.work = work;
        this.home = home;
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOME", work.toString());
    }

    /**
     * Unpacks a fresh distribution and gives it free ports of loopback; it is not started yet. It greets nobody
     * ({@code gatepost.welcome.cfg}), so that what is in users' queues is what a test has put there, and does not warm up
     * ({@code gatepost.transport.cfg}), which would take the processor from its first test.
     */
    public static Gatepost unpack() {
        Gatepost gatepost = asItShips();
        gatepost.takeFreePorts("127.0.0.1");
        gatepost.configure("gatepost.welcome.cfg", Map.of("enabled", "false"));
        gatepost.configure("gatepost.transport.cfg", Map.of("warm.up.connections", "0"));
        return gatepost;
    }

    /** Unpacks a fresh distribution, fills its {@code etc} as its first start would, and changes nothing of it, not even its ports. */
    public static Gatepost asItShips() {
        String archive = System.getProperty("gatepost.distribution");
        if (archive == null) {
            throw new AssertionError(
                    "the system property gatepost.distribution has to name the tar.gz of karaf-assembly");
        }
        try {
            Path work = Files.createTempDirectory("gatepost-it-");
            Command.run(
                    work,
                    Map.of(),
                    "tar",
                    "-xzf",
                    Path.of(archive).toAbsolutePath().normalize().toString());
            String name = Path.of(archive).getFileName().toString().replace(".tar.gz", "");
            Command.run(work.resolve(name), Map.of(), "bin/upgrade-etc");
            return new Gatepost(work, work.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives it free ports for all on which it listens, before it is started.
     *
     * @param address on which its connectors listen
     */
    public void takeFreePorts(String address) {
        configure(connectorFile("stomp"), Map.of("uri", "stomp://" + address + ":" + Ports.free()));
        configure(connectorFile("ws"), Map.of("uri", "ws://" + address + ":" + Ports.free()));
        configure(WEB_SERVER, Map.of("org.osgi.service.http.port", "" + Ports.free()));
        configure(SHELL, Map.of("sshPort", "" + Ports.free()));
        configure(MANAGEMENT, Map.of("rmiRegistryPort", "" + Ports.free(), "rmiServerPort", "" + Ports.free()));
    }

    /** Sets a variable of the environment that it starts in, such as {@code EXTRA_JAVA_OPTS}. */
    public Gatepost environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs its scripts through a command that stands in front of theirs, such as one that enters another network. */
    public Gatepost launcher(List<String> command) {
        launcher = List.copyOf(command);
        return this;
    }

    /** Starts it and waits until all of its connectors listen. */
    public Gatepost start() {
        if (process != null) {
            throw new IllegalStateException("it runs already");
        }
        int before = log().length();
        try {
            process = ProcessGroup.start(home, environment, work.resolve("out"), launched("bin/karaf", "daemon"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> connectors = connectors();
        Awaitility.await("its connectors listen")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(
                                "it ended while it was starting: " + read(work.resolve("out")) + log());
                    }
                    String log = log().substring(before);
                    return connectors.stream().allMatch(name -> log.contains("connector " + name + " listens on"));
                });
        return this;
    }

    /** Stops it as an operator would, with SIGTERM, and waits for the end. */
    public void stop() {
        ended(running -> running.terminate(PATIENCE));
    }

    /** Ends the Java process with SIGKILL, as when the machine loses power. */
    public void kill() {
        ended(ProcessGroup::kill);
    }

    /** Stops it cleanly and starts it again, on the same ports and data. */
    public void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        try {
            if (process != null) {
                stop();
            }
        } finally {
            discard();
        }
    }

    /** @return of the connector {@code stomp} */
    public int stompPort() {
        return port("stomp");
    }

    /** @return of the connector {@code ws} */
    public int wsPort() {
        return port("ws");
    }

    /** @return of the connector of a name, as its file says */
    public int port(String connector) {
        String uri = new CfgText(read(etc(connectorFile(connector)))).value("uri");
        return Integer.parseInt(uri.substring(uri.lastIndexOf(':') + 1));
    }

    /** @return of the console's web server */
    public int httpPort() {
        return Integer.parseInt(new CfgText(read(etc(WEB_SERVER))).value("org.osgi.service.http.port"));
    }

    /** @return the value of a key in one of its {@code .cfg} files */
    public String setting(String file, String key) {
        return new CfgText(read(etc(file))).value(key);
    }

    /** @return the process id of its Java process */
    public long pid() {
        return process.pid();
    }

    /** @return the top folder of the distribution */
    public Path home() {
        return home;
    }

    /** @return a file of its configuration, whether it exists or not */
    public Path etc(String file) {
        return home.resolve("etc").resolve(file);
    }

    /** Replaces a file of its configuration at once, or makes it: nobody ever sees a half of it. */
    public void write(String file, String text) {
        try {
            Path next = work.resolve("next");
            Files.writeString(next, text);
            Files.createDirectories(etc(file).getParent());
            Files.move(next, etc(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Changes keys of a {@code .cfg} file, or makes the file, all at once; does not wait for the effect.
     *
     * @param changes new values; {@code null} takes the key out
     */
    public void configure(String file, Map<String, String> changes) {
        CfgText now = new CfgText(Files.exists(etc(file)) ? read(etc(file)) : "");
        write(file, now.with(changes).text());
    }

    /**
     * Like {@link #configure}, and waits until the change is in force.
     *
     * @throws AssertionError when it is refused
     */
    public void apply(String file, Map<String, String> changes) {
        String line =
                awaitLog("(etc/" + file + " is in force|refused, .*" + file + ")", () -> configure(file, changes));
        if (line.contains("refused, ")) {
            throw new AssertionError(line);
        }
    }

    /** Like {@link #configure}, and waits until the change is refused; returns the line of the log that says why. */
    public String applyRefused(String file, Map<String, String> changes) {
        String line =
                awaitLog("(etc/" + file + " is in force|refused, .*" + file + ")", () -> configure(file, changes));
        if (!line.contains("refused, ")) {
            throw new AssertionError("expected a refusal: " + line);
        }
        return line;
    }

    /**
     * Adds a connector to the running broker and waits until it listens.
     *
     * @param scheme {@code stomp}, {@code stomp+ssl}, {@code ws} or {@code wss}
     * @return its port
     */
    public int addConnector(String name, String scheme, Map<String, String> settings) {
        int port = Ports.free();
        Map<String, String> all = new HashMap<>(settings);
        all.put("uri", scheme + "://127.0.0.1:" + port);
        apply(connectorFile(name), all);
        return port;
    }

    /** Removes a connector from the running broker and waits until its port is free. */
    public void removeConnector(String name) {
        int port = port(name);
        try {
            Files.delete(etc(connectorFile(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("connector " + name + " closes")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> !Ports.isOpen(port));
    }

    /** @return the text of its log, empty before the first start */
    public String log() {
        Path log = home.resolve("data/log/gatepost.log");
        return Files.exists(log) ? read(log) : "";
    }

    /** Does something and waits for a line of the log, written since then, in which the expression is found; returns the line. */
    public String awaitLog(String expression, Runnable action) {
        int before = log().length();
        action.run();
        Pattern pattern = Pattern.compile(expression);
        return Awaitility.await("the log says " + expression)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(
                        () -> log().substring(before)
                                .lines()
                                .filter(line -> pattern.matcher(line).find())
                                .findFirst()
                                .orElse(null),
                        line -> line != null);
    }

    /**
     * Runs commands of the Karaf shell, one a line, as its administrator, and returns what they print.
     *
     * @throws AssertionError with what they printed, when they fail
     */
    public String shell(String commands) {
        if (!launcher.isEmpty()) {
            return client(commands);
        }
        return new KarafShell(Integer.parseInt(setting(SHELL, "sshPort")), ADMINISTRATOR, password()).run(commands);
    }

    /** Waits until Karaf has done with the features of a start, which may be after connectors listen: none can be uninstalled before. */
    public void awaitFeatures() {
        Awaitility.await("the features of the start are installed")
                .atMost(PATIENCE)
                .until(() -> shell("feature:list --installed --no-format").contains("gatepost-console"));
    }

    /** Like {@link #shell}, through {@code bin/client} as an operator's scripts do, which starts a Java for it. */
    public String client(String commands) {
        return Command.run(
                home,
                environment,
                launched("sh", "-c", "printf '%s\\n' \"$1\" | bin/client -b -r 20 2>/dev/null", "client", commands));
    }

    /** @return where its MBeans are found */
    JMXServiceURL jmx() throws MalformedURLException {
        return new JMXServiceURL(
                "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + setting(MANAGEMENT, "rmiRegistryPort") + "/karaf-root");
    }

    /** @return name and password of who may do everything in the shell and over JMX */
    String[] administrator() {
        return new String[] {ADMINISTRATOR, password()};
    }

    private String password() {
        return new CfgText(read(etc("users.properties")))
                .value(ADMINISTRATOR)
                .split(",")[0]
                .strip();
    }

    /** Waits until {@code gatepost:status} prints what the expression finds; returns all that it printed. */
    public String awaitStatus(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return Awaitility.await("gatepost:status says " + expression)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(
                        () -> shell("gatepost:status --no-format"),
                        status -> pattern.matcher(status).find());
    }

    private String[] launched(String... command) {
        return Stream.concat(launcher.stream(), Stream.of(command)).toArray(String[]::new);
    }

    private static String connectorFile(String connector) {
        return "gatepost.connector-" + connector + ".cfg";
    }

    private List<String> connectors() {
        try (Stream<Path> files = Files.list(home.resolve("etc"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("gatepost\\.connector-.*\\.cfg"))
                    .map(file -> file.replaceAll("gatepost\\.connector-(.*)\\.cfg", "$1"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Ending {
        void end(ProcessGroup running) throws InterruptedException;
    }

    private void ended(Ending ending) {
        ProcessGroup running = process;
        if (running == null) {
            throw new IllegalStateException("it does not run");
        }
        process = null;
        try {
            ending.end(running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while it was ending", e);
        }
    }

    private void discard() {
        try {
            Path log = home.resolve("data/log/gatepost.log");
            if (Files.exists(log) && Files.isDirectory(Path.of("target"))) {
                Files.copy(log, Path.of("target", work.getFileName() + ".log"), StandardCopyOption.REPLACE_EXISTING);
            }
            Command.run(work.getParent(), Map.of(), "rm", "-rf", work.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
