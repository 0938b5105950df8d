package gatepost.itests.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * An unpacked distribution whose scripts are run as an operator would. Where the system allows it, in a network of its own
 * that holds nothing but loopback; elsewhere with proxies that refuse, and on free ports.
 */
final class Distribution {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String LOOPBACK_UP = "ip link set lo up";
    private static final boolean ISOLATED = mayBeIsolated();

    private final Path folder;
    private final Path home;

    private Distribution(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /** @param work a folder that is this distribution's own; what was in it is gone */
    static Distribution unpack(Path archive, Path work) throws IOException, InterruptedException {
        Path fresh = work.toAbsolutePath();
        run(new ProcessBuilder("rm", "-rf", fresh.toString()));
        Path home = Files.createDirectories(fresh.resolve("home"));
        run(new ProcessBuilder("tar", "-xzf", archive.toAbsolutePath().toString(), "-C", fresh.toString()));
        String name = archive.getFileName().toString().replace(".tar.gz", "");
        Distribution distribution = new Distribution(fresh.resolve(name), home);
        if (!ISOLATED) {
            distribution.takeFreePorts();
        }
        return distribution;
    }

    Path folder() {
        return folder;
    }

    /** The home of the user who runs it; empty at the beginning. */
    Path home() {
        return home;
    }

    /** @return the lines of the log, none before the first start */
    Stream<String> log() throws IOException {
        Path log = folder.resolve("data/log/gatepost.log");
        return Files.exists(log) ? Files.readAllLines(log, UTF_8).stream() : Stream.empty();
    }

    /** @return the port at the end of the value of a key in one of the files of {@code etc} */
    int port(String file, String key) throws IOException {
        return Files.readAllLines(folder.resolve("etc").resolve(file), UTF_8).stream()
                .filter(line -> line.startsWith(key + " = "))
                .map(line -> line.replaceFirst(".*\\D(\\d+)$", "$1"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }

    Running start() throws IOException {
        long before = log().count();
        List<String> command = ISOLATED
                ? List.of("unshare", "--net", "sh", "-c", LOOPBACK_UP + " && exec bin/karaf daemon")
                : List.of("bin/karaf", "daemon");
        return new Running(
                process(command)
                        .redirectOutput(folder.resolveSibling("out").toFile())
                        .start(),
                before);
    }

    /** A started distribution; it is stopped, cleanly, when it is closed. */
    final class Running implements AutoCloseable {

        private final Process process;
        private final long linesBefore;

        private Running(Process process, long linesBefore) {
            this.process = process;
            this.linesBefore = linesBefore;
        }

        void awaitConnectors() {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        assertTrue(process.isAlive(), "it ended while it was starting, see out beside it");
                        return log().skip(linesBefore)
                                        .filter(line -> line.matches(".*connector (stomp|ws) listens on.*"))
                                        .count()
                                >= 2;
                    });
        }

        /** @return what bin/client prints for a command, signed in with the password that it finds in the distribution */
        String client(String command) throws IOException, InterruptedException {
            List<String> client = new ArrayList<>(List.of("sh", "-c", "echo '" + command + "' | bin/client -b -r 20"));
            if (ISOLATED) {
                client.addAll(0, List.of("nsenter", "--target", "" + process.pid(), "--net"));
            }
            return run(process(client));
        }

        List<Listener> listeners() throws IOException {
            return Listener.of(process.toHandle());
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it does not stop");
        }
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_") || name.startsWith("MAVEN_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put(
                        "EXTRA_JAVA_OPTS",
                        "-Duser.home=" + home + " -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=9"
                                + " -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9");
        return builder;
    }

    private void takeFreePorts() throws IOException {
        for (String[] setting : new String[][] {
            {"gatepost.connector-stomp.cfg", "uri"}, {"gatepost.connector-ws.cfg", "uri"},
            {"org.apache.felix.http.cfg", "org.osgi.service.http.port"}, {"org.apache.karaf.shell.cfg", "sshPort"},
            {"org.apache.karaf.management.cfg", "rmiRegistryPort"}, {"org.apache.karaf.management.cfg", "rmiServerPort"}
        }) {
            Path file = folder.resolve("etc").resolve(setting[0]);
            String line = "(?m)^(" + setting[1] + " = (.*:)?)\\d+$";
            Files.writeString(file, Files.readString(file).replaceAll(line, "$1" + Connector.freePort()));
        }
    }

    private static boolean mayBeIsolated() {
        try {
            Process trial = new ProcessBuilder("unshare", "--net", "sh", "-c", LOOPBACK_UP)
                    .redirectErrorStream(true)
                    .start();
            trial.getInputStream().readAllBytes();
            return trial.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program here
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** @return what it printed; its status has to be 0 */
    static String run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), () -> command.command() + ": " + printed);
        return printed;
    }
}
