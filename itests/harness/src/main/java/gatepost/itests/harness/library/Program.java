package gatepost.itests.harness.library;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program that is talked to in lines: its standard input and output. It has to end when its input does. What it writes to
 * its standard error stands in the message of every failure.
 */
public final class Program implements AutoCloseable {

    /** Where the scripts and pages are, seen from any module of {@code itests}, as Maven runs its tests in the module's folder. */
    static final Path HARNESS = Path.of("..", "harness").toAbsolutePath().normalize();

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Marks the end of the output; no program prints a line of it. */
    private static final String END = "\0";

    private final List<String> command;
    private final Path errors;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

    private Program(List<String> command, Path errors, Process process) {
        this.command = command;
        this.errors = errors;
        this.process = process;
        this.input = process.outputWriter(UTF_8);
        Thread reader = new Thread(this::read, "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
    }

    public static Program start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path errors = Files.createTempFile("gatepost-it-", ".err");
            errors.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectError(errors.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_"));
            builder.environment().putAll(environment);
            return new Program(command, errors, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(command + " cannot be started", e);
        }
    }

    public void send(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw failure("it takes no more input: " + e);
        }
    }

    /** @return the next line that it prints */
    public String line() {
        try {
            String line = output.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw failure("nothing was printed within " + PATIENCE);
            }
            if (line.equals(END)) {
                output.add(END);
                throw failure("it ended");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends its input and waits for its end, which has to be a good one. */
    public void finish() {
        try {
            input.close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("it does not end");
            }
            if (process.exitValue() != 0) {
                throw failure("it ended with status " + process.exitValue());
            }
        } catch (IOException e) {
            throw failure("it ended before its input did: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Asks it to end, by a signal, and waits until it has. */
    public void terminate() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("it does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Asks it to end, by the end of its input, and waits until it has; kills it if it does not. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                input.close();
            }
        } catch (IOException e) {
            process.destroy(); // its input was closed by its end
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            Files.delete(errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return its process, which a signal may be sent to */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            output.add("the output broke: " + e);
        } finally {
            output.add(END);
        }
    }

    private AssertionError failure(String what) {
        try {
            return new AssertionError(command + ": " + what + "; it says: " + Files.readString(errors));
        } catch (IOException e) {
            return new AssertionError(command + ": " + what, e);
        }
    }
}
