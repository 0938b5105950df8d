package gatepost.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time from when it was made: the server's, this program's, what everything else on the machine took, and what the machine
 * wanted and its hypervisor gave to others.
 */
final class Usage {

    private static final double TICKS_A_SECOND = 100;
    private static final int IDLE = 4;
    private static final int WAITING_FOR_DISK = 5;
    private static final int LAST_BUSY = 7;
    private static final int STOLEN = 8;

    private final ServerProcess server;
    private final long start = System.nanoTime();
    private final double serverStart;
    private final double ownStart = own();
    private final String[] machineStart = machine();

    Usage(ServerProcess server) {
        this.server = server;
        this.serverStart = server.isKnown() ? server.cpuSeconds() : 0;
    }

    /**
     * Adds the figures of the time until now.
     *
     * @param messages 0 when there were none
     */
    void report(Figures figures, int messages) {
        double seconds = (System.nanoTime() - start) / 1e9;
        double ownUsed = own() - ownStart;
        figures.add("load_cores", ownUsed / seconds);
        String[] machine = machine();
        figures.add("stolen_cores", (stolen(machine) - stolen(machineStart)) / seconds);
        if (server.isKnown()) {
            double used = server.cpuSeconds() - serverStart;
            figures.add("server_cores", used / seconds);
            // a run is disturbed when this is more than about 0.3
            figures.add("other_cores", (busy(machine) - busy(machineStart) - used - ownUsed) / seconds);
            if (messages > 0) {
                figures.add("server_us_per_message", used * 1e6 / messages);
            }
        }
        if (messages > 0) {
            figures.add("load_us_per_message", ownUsed * 1e6 / messages);
        }
    }

    private static double own() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /** @return seconds that its processors have worked */
    static double busy(String[] machine) {
        double ticks = 0;
        for (int i = 1; i <= LAST_BUSY; i++) {
            ticks += i == IDLE || i == WAITING_FOR_DISK ? 0 : Long.parseLong(machine[i]);
        }
        return ticks / TICKS_A_SECOND;
    }

    /** @return seconds that its processors could have worked and were not there */
    static double stolen(String[] machine) {
        return Long.parseLong(machine[STOLEN]) / TICKS_A_SECOND;
    }

    /** The first line of {@code /proc/stat}: a name, then ticks since the start of the machine (proc(5)). */
    private static String[] machine() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.findFirst().orElseThrow().split("\\s+");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
