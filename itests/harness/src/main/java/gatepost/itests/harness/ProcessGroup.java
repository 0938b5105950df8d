package gatepost.itests.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process group of its own, so that it and all that it started can be ended together. A watcher ends them as well
 * should the tests' own process be killed.
 */
final class ProcessGroup {

    private final Process leader;
    private final Process watcher;

    private ProcessGroup(Process leader, Process watcher) {
        this.leader = leader;
        this.watcher = watcher;
    }

    /**
     * @param environment variables besides those of this process
     * @param output where what it prints is appended
     */
    static ProcessGroup start(Path folder, Map<String, String> environment, Path output, String... command)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("setsid"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_") || name.startsWith("MAVEN_"));
        builder.environment().putAll(environment);
        Process leader = builder.start();
        // its standard input ends when this process does, whatever ended it; in a session of its own, or a Ctrl-C that
        // ends the
        // tests would end it first
        Process watcher = new ProcessBuilder(
                        "setsid", "sh", "-c", "cat >/dev/null; kill -KILL -" + leader.pid() + " 2>/dev/null")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ProcessGroup(leader, watcher);
    }

    long pid() {
        return leader.pid();
    }

    boolean isAlive() {
        return leader.isAlive();
    }

    /** Asks the program to end (SIGTERM) and waits until it has. */
    void terminate(Duration patience) throws InterruptedException {
        leader.destroy();
        boolean ended = leader.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        end();
        if (!ended) {
            throw new AssertionError("process " + pid() + " did not end within " + patience);
        }
    }

    /** Ends the program at once (SIGKILL). */
    void kill() throws InterruptedException {
        leader.destroyForcibly().waitFor();
        end();
    }

    /** Ends what the program may have left behind; the watcher does it, as this process has no other way to signal a group. */
    private void end() throws InterruptedException {
        try {
            watcher.getOutputStream().close();
        } catch (IOException e) {
            throw new AssertionError("process group " + pid() + " may still have members", e);
        }
        watcher.waitFor();
    }
}
