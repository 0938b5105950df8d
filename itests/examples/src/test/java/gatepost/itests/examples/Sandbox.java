package gatepost.itests.examples;

import gatepost.itests.harness.library.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A server of its own for a test: its network has nothing in it but loopback, its processes are gone with it, and what it writes
 * to {@code /etc}, {@code /opt}, {@code /usr} and {@code /var} is kept in memory, on top of what this machine has there.
 * Only root may make one; a test of anybody else is skipped.
 */
final class Sandbox implements AutoCloseable {

    private static final String MAKE = """
            ip link set lo up
            mount --make-rprivate /
            mount -t tmpfs tmpfs /mnt
            for folder in etc opt usr var; do
                mkdir -p /mnt/$folder/upper /mnt/$folder/work
                mount -t overlay overlay -o lowerdir=/$folder,upperdir=/mnt/$folder/upper,workdir=/mnt/$folder/work /$folder
            done
            mount -t tmpfs tmpfs /run
            echo made
            exec cat
            """;

    private final Program holder;
    private final List<String> launcher;

    private Sandbox(Program holder, List<String> launcher) {
        this.holder = holder;
        this.launcher = launcher;
    }

    static Sandbox make() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root may make a server of its own");
        Program holder = Program.start(
                Path.of(""),
                Map.of(),
                List.of(
                        "unshare",
                        "--net",
                        "--mount",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "sh",
                        "-euc",
                        MAKE));
        try {
            if (!holder.line().equals("made")) {
                throw new AssertionError("no server of its own");
            }
        } catch (AssertionError e) {
            holder.close();
            throw e;
        }
        String process = holder.handle()
                .children()
                .findFirst()
                .map(child -> "" + child.pid())
                .orElseThrow();
        return new Sandbox(holder, List.of("nsenter", "--target", process, "--net", "--mount", "--pid"));
    }

    /** @return a shell in it, as root */
    Shell shell(Map<String, String> environment) {
        return new Shell(environment, launcher("sh", "-eu"));
    }

    /** @return the command that runs a program in it */
    List<String> launcher(String... command) {
        List<String> all = new ArrayList<>(launcher);
        all.addAll(List.of(command));
        return all;
    }

    @Override
    public void close() {
        holder.close();
    }
}
