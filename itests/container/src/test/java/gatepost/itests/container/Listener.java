package gatepost.itests.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A port on which a process listens, as Linux tells it.
 *
 * @param port the port
 * @param loopback whether nobody but this machine can reach it
 */
record Listener(int port, boolean loopback) {

    private static final String LISTENING = "0A";

    /** The loopback addresses as the kernel prints them: 127.0.0.1, the same within IPv6, and ::1. */
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    /** @return what the process listens on; the kernel's tables name everybody's sockets, the process its own */
    static List<Listener> of(ProcessHandle process) throws IOException {
        Path proc = Path.of("/proc", "" + process.pid());
        Set<String> sockets = sockets(proc);
        return Stream.of("net/tcp", "net/tcp6")
                .map(proc::resolve)
                .filter(Files::exists)
                .flatMap(Listener::rows)
                .filter(row -> row[3].equals(LISTENING) && sockets.contains("socket:[" + row[9] + "]"))
                .map(row -> row[1].split(":"))
                .map(local -> new Listener(Integer.parseInt(local[1], 16), LOOPBACK.contains(local[0])))
                .toList();
    }

    private static Stream<String[]> rows(Path table) {
        try {
            return Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> line.trim().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> sockets(Path proc) throws IOException {
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            return descriptors
                    .map(Listener::target)
                    .filter(target -> target.startsWith("socket:"))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed while it was being looked at
        }
    }
}
