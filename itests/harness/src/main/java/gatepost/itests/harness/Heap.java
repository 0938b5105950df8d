package gatepost.itests.harness;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of a running Gatepost, asked with Java's own tools. */
public final class Heap {

    private static final Pattern USED = Pattern.compile("(?:PSYoungGen|ParOldGen)\\s+total \\d+K, used (\\d+)K");

    private Heap() {}

    /** @return bytes that are in use after a full collection */
    public static long live(Gatepost gatepost) {
        jcmd(gatepost, "GC.run");
        long bytes = 0;
        int parts = 0;
        Matcher used = USED.matcher(jcmd(gatepost, "GC.heap_info"));
        while (used.find()) {
            bytes += Long.parseLong(used.group(1)) << 10;
            parts++;
        }
        if (parts != 2) {
            throw new AssertionError("expected a young and an old generation of the parallel collector");
        }
        return bytes;
    }

    private static String jcmd(Gatepost gatepost, String command) {
        return Command.run(
                gatepost.home(),
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(gatepost.pid()),
                command);
    }
}
