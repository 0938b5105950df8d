package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What {@code container/Dockerfile} says, played without Docker: its files at their places, a file system that is read-only but
 * for the volume, its user without any capability, its environment and its entry point. Java is this machine's.
 */
class ContainerIT {

    private static final Path FOLDER = Suite.ROOT.resolve("container");
    private static final List<String> DOCKERFILE =
            Guide.read(FOLDER.resolve("Dockerfile")).lines().toList();

    @AutoClose
    private static Sandbox sandbox;

    @AutoClose
    private static Shell shell;

    @BeforeAll
    static void aContainer() {
        sandbox = Sandbox.make();
        shell = sandbox.shell(Map.of("EXAMPLES", Suite.EXAMPLES.toString(), "PYTHONDONTWRITEBYTECODE", "1"));
        String[] add = instruction("ADD ");
        String[] copy = instruction("COPY --chmod=755 ");
        String user = instruction("USER ")[0].split(":")[0];
        shell.run("""
                mkdir /run/upper /run/work /run/image
                mount -t overlay overlay -o lowerdir=/,upperdir=/run/upper,workdir=/run/work /run/image
                mount --rbind /proc /run/image/proc
                mount --rbind /dev /run/image/dev
                tar -xzf '%s' -C /run/image%s
                chroot /run/image %s
                install -m 755 '%s' /run/image%s
                """.formatted(
                        Suite.ROOT.resolve(add[0]),
                        add[1],
                        "ln " + String.join(" ", instruction("RUN ln ")),
                        Suite.ROOT.resolve(copy[0]),
                        copy[1]));
        shell.run("""
                mkdir /run/image%1$s
                mount -o remount,ro /run/image
                mount -t tmpfs -o mode=755,uid=%2$s,gid=%2$s tmpfs /run/image%1$s
                start() {
                    # what the one before printed is not this one's: it is made anew only once that has been forked
                    : >/run/out
                    chroot /run/image setpriv --reuid %2$s --regid %2$s --clear-groups --no-new-privs --bounding-set=-all \\
                        --inh-caps=-all env -i PATH=/usr/bin:/bin JAVA_HOME='%3$s' %4$s %5$s >/run/out 2>&1 &
                    container=$!
                    for tenth in $(seq 600); do
                        [ "$(grep -c 'connector .* listens on' /run/out)" -ge 2 ] && return 0
                        sleep 0.1
                    done
                    cat /run/out >&2
                    return 1
                }
                start
                """.formatted(
                        instruction("VOLUME ")[0],
                        user,
                        System.getProperty("java.home"),
                        DOCKERFILE.stream()
                                .filter(line -> line.startsWith("ENV "))
                                .map(line -> line.substring(4))
                                .collect(Collectors.joining(" ")),
                        instruction("ENTRYPOINT ")[0].replaceAll("[\\[\\]\"]", "")));
    }

    @Test
    void aMessageTravelsAndWaitsInTheVolumeWhileTheContainerIsStopped() {
        shell.run("""
                cd $EXAMPLES/python
                GATEPOST_LOGIN=system GATEPOST_PASSCODE=manager /usr/bin/python3 notify.py alice 'in the volume'
                kill $container
                status=0
                wait $container || status=$?
                start
                """);
        assertTrue(List.of("0", "143").contains(shell.run("echo $status")), "it ended by itself when it was told to");
        assertEquals(
                "received",
                shell.run("/usr/bin/python3 '"
                        + Path.of("src/test/server/receive.py").toAbsolutePath() + "' alice alice 'in the volume'"));
    }

    @Test
    void itRunsWithoutAnyCapabilityAndMayWriteNothingButTheVolume() {
        assertEquals("0000000000000000", shell.run("awk '/^CapEff/ { print $2 }' /proc/$container/status"));
        assertEquals("/data", shell.run("""
                chroot /run/image setpriv --reuid 10001 --regid 10001 --clear-groups \\
                    find / -xdev -not -path '/proc/*' -writable -not -type l 2>/dev/null || true
                """));
    }

    @Test
    void composeFindsItHealthy() throws IOException {
        // the lines of a list, as Docker would run them
        String check = Guide.read(FOLDER.resolve("compose.yaml"))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("- exec 3<>"))
                .findFirst()
                .orElseThrow()
                .substring(2);
        Path script = Files.writeString(Files.createTempFile("healthcheck", ""), check);
        try {
            shell.run("""
                    for second in $(seq 60); do
                        healthy=no
                        chroot /run/image setpriv --reuid 10001 --regid 10001 --clear-groups bash -c "$(cat '%s')" && healthy=yes && break
                        sleep 1
                    done
                    """.formatted(script));
            assertEquals("yes", shell.run("echo $healthy"));
            assertEquals(
                    "no",
                    shell.run("(echo; sed 's|8181|8182|' '" + script + "') | bash 2>/dev/null && echo yes || echo no"));
        } finally {
            Files.delete(script);
        }
    }

    @Test
    void nothingGoesWrong() {
        assertEquals("", shell.run("grep -E ' ERROR |Unable|Permission|Read-only' /run/out || true"));
        assertTrue(
                shell.run("cat /run/out").contains("connector ws listens on"), "the log goes to the standard output");
    }

    /** @return the words behind the beginning of an instruction, with the version filled in */
    private static String[] instruction(String beginning) {
        String version = DOCKERFILE.stream()
                .filter(line -> line.startsWith("ARG VERSION="))
                .findFirst()
                .orElseThrow()
                .substring("ARG VERSION=".length());
        return DOCKERFILE.stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .substring(beginning.length())
                .replace("${VERSION}", version)
                .split(" ");
    }
}
