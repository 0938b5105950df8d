package gatepost.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gatepost's Java process, looked at from outside with what Linux and the JDK have for that. */
final class ServerProcess {

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP = Pattern.compile("total (\\d+)K, used (\\d+)K");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    private final long pid;

    /** @param pid 0 when it cannot be looked at */
    ServerProcess(long pid) {
        this.pid = pid;
    }

    /** @return memory and threads, after a full collection */
    String state() {
        if (pid == 0) {
            return "not known without --pid";
        }
        try {
            run("jcmd", "" + pid, "GC.run");
            String heap = run("jcmd", "" + pid, "GC.heap_info");
            String status = Files.readString(Path.of("/proc", "" + pid, "status"));
            return "heap " + number(HEAP, heap, 2) / 1024 + " MiB used of " + number(HEAP, heap, 1) / 1024 + " MiB, resident "
                    + number(RESIDENT, status, 1) / 1024 + " MiB, " + number(THREADS, status, 1) + " threads";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("expected " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(group));
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
