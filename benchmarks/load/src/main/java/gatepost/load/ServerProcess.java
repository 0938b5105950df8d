package gatepost.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The broker's process, looked at from outside with what Linux and the JDK have for that. */
final class ServerProcess {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final double TICKS_A_SECOND = 100;
    private static final int USER_TICKS = 11;

    private final Path folder;
    private final long pid;
    private final boolean java;

    /** @param pid 0 when it cannot be looked at */
    ServerProcess(long pid) {
        this.pid = pid;
        this.folder = Path.of("/proc", "" + pid);
        this.java = pid != 0 && read("cmdline").split("\0")[0].endsWith("java");
    }

    boolean isKnown() {
        return pid != 0;
    }

    /** @return KiB of memory that it takes of the machine */
    double residentKib() {
        return number(RESIDENT, read("status"));
    }

    double threads() {
        return number(THREADS, read("status"));
    }

    /** @return seconds of processor time that it has used */
    double cpuSeconds() {
        String stat = read("stat");
        // the program's name, in brackets, may hold anything
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_A_SECOND;
    }

    /** @return KiB of objects that are alive, which takes a full collection; nothing when it is no Java process */
    OptionalDouble liveHeapKib() {
        return java ? OptionalDouble.of(number(TOTAL, jcmd("GC.class_histogram")) / 1024) : OptionalDouble.empty();
    }

    private String jcmd(String command) {
        try {
            Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", "" + pid, command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the server's process " + pid, e);
        }
    }

    private static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("expected " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
