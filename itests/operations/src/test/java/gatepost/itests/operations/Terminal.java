package gatepost.itests.operations;

import gatepost.itests.harness.Gatepost;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** {@code bin/client} at a terminal that is 120 columns wide, as an operator sees it; util-linux' {@code script} makes the terminal. */
final class Terminal implements AutoCloseable {

    private static final String PROMPT = "admin@gatepost> ";

    private final Process process;
    private final StringBuffer screen = new StringBuffer();
    private final Thread reader;

    Terminal(Gatepost gatepost) {
        ProcessBuilder builder = new ProcessBuilder(
                        "script",
                        "--quiet",
                        "--flush",
                        "--command",
                        "stty columns 120 rows 1000; exec bin/client",
                        "/dev/null")
                .directory(gatepost.home().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("TERM", "xterm", "JAVA_HOME", System.getProperty("java.home")));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "terminal");
        reader.start();
        Awaitility.await("a prompt")
                .atMost(Duration.ofSeconds(60))
                .until(() -> bare(screen()).contains(PROMPT));
    }

    /** @return what a command prints, up to the next prompt */
    String run(String command) {
        int before = screen.length();
        type(command);
        String printed = Awaitility.await(command)
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> afterTheFirstLine(bare(screen.substring(before))), text -> text.contains(PROMPT));
        // a mark stands before the prompt where a line was not ended
        return printed.substring(0, printed.indexOf(PROMPT)).replace("\r", "").replaceFirst("~? *$", "");
    }

    /** The first line is what was typed. */
    private static String afterTheFirstLine(String text) {
        return text.substring(text.indexOf('\n') + 1).substring(text.indexOf('\n') < 0 ? text.length() : 0);
    }

    private void type(String line) {
        try {
            process.getOutputStream().write((line + '\r').getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return what is on the screen from the beginning */
    String screen() {
        return screen.toString();
    }

    /** @return a text without orders to the terminal */
    static String bare(String text) {
        return text.replaceAll("\u001B(\\[[0-?]*[ -/]*[@-~]|[^\\[])", "");
    }

    private void read() {
        try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            char[] some = new char[4096];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                screen.append(some, 0, count);
            }
        } catch (IOException e) {
            screen.append("[").append(e).append("]");
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor();
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
